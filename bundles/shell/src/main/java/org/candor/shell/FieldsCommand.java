package org.candor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.version.SemanticVersion;
import org.candor.control.CatalogueEntry;
import org.candor.control.Channels;
import org.candor.control.NoSuchChannelException;
import org.candor.control.document.FieldsDocument;
import org.candor.shell.screen.Table;

/**
 * Command {@code telemetry:fields}: the field catalogue, the exhaustive list of what may be sent.
 */
@Service
@Command(
    scope = "telemetry",
    name = "fields",
    description = "The exhaustive list of what may be sent")
public final class FieldsCommand extends TableCommand {

  private static final String ALLOWED = "a version such as 0.1.0";

  // Stricter than what can be compared: a person who mistypes learns of it.
  private static final Pattern VERSION =
      Pattern.compile(
          "\\d{1,18}(\\.\\d{1,18}){0,2}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z.-]+)?");

  @Reference private Channels channels;

  @Argument(
      name = "channel",
      description = "The channel; all channels when left out",
      multiValued = true)
  @Completion(ChannelNames.class)
  private List<String> words = List.of();

  @Option(
      name = "--since",
      description = "Only what this version or a later one added; a version such as 0.2.0",
      valueToShowInHelp = "all")
  private String since = "";

  @Override
  public Object execute() throws CommandException {
    List<CatalogueEntry> fields = fields();
    if (json()) {
      print(new FieldsDocument(fields));
    } else if (fields.isEmpty() && !since.isEmpty() && format()) {
      screen().println("Nothing was added since " + since + ".");
    } else {
      table(fields).print(screen(), format());
    }
    return null;
  }

  private List<CatalogueEntry> fields() throws CommandException {
    Optional<String> channel = argument(withoutSince());
    Optional<SemanticVersion> first = first();
    try {
      return channels.fields(channel).stream()
          .filter(field -> first.isEmpty() || isSince(field, first.get()))
          .toList();
    } catch (NoSuchChannelException e) {
      throw failure(e.getMessage());
    }
  }

  /** Karaf hands over as words what stands behind the channel. */
  private List<String> withoutSince() throws CommandException {
    int at = words.indexOf("--since");
    if (at < 0) {
      return words;
    }
    if (at + 1 == words.size()) {
      throw failure("--since needs " + ALLOWED + ".");
    }
    since = words.get(at + 1);
    List<String> others = new ArrayList<>(words);
    others.subList(at, at + 2).clear();
    return others;
  }

  private Optional<SemanticVersion> first() throws CommandException {
    if (since.isEmpty()) {
      return Optional.empty();
    }
    String version = since.strip();
    if (!VERSION.matcher(version).matches()) {
      throw failure("--since \"" + since + "\" is refused; allowed is " + ALLOWED + ".");
    }
    return SemanticVersion.parse(version);
  }

  /** What does not say its version properly is rather shown than not. */
  private static boolean isSince(CatalogueEntry field, SemanticVersion first) {
    return SemanticVersion.parse(field.since())
        .map(version -> version.compareTo(first) >= 0)
        .orElse(true);
  }

  private Table table(List<CatalogueEntry> fields) {
    boolean withheld = fields.stream().anyMatch(field -> field.withheldUntil().isPresent());
    Table table =
        new Table("Nothing may be sent.")
            .text("Name")
            .text("Type")
            .text("Meaning")
            .text("Why")
            .text("Sensitivity")
            .word("Since")
            .word("Channel");
    if (withheld) {
      table.text("Leaves");
    }
    for (CatalogueEntry field : fields) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  field.name(),
                  field.type().label() + (field.unit().isEmpty() ? "" : " (" + field.unit() + ")"),
                  field.meaning(),
                  field.why(),
                  field.sensitivity().label(),
                  field.since(),
                  field.channel()));
      if (withheld) {
        row.add(field.withheldUntil().map(until -> "not before " + time().of(until)).orElse("yes"));
      }
      table.row(row.toArray());
    }
    return table;
  }
}
