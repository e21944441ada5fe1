package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.control.CatalogueEntry;
import org.candor.api.control.Channels;
import org.candor.api.control.NoSuchChannelException;
import org.candor.shell.screen.Table;

/** The exhaustive list of what may leave. */
@Service
@Command(
    scope = "telemetry",
    name = "fields",
    description = "The exhaustive list of what may leave")
public final class FieldsCommand extends TableCommand {

  @Reference private Channels channels;

  @Argument(
      name = "channel",
      description = "The channel; all channels when left out",
      multiValued = true)
  @Completion(ChannelNames.class)
  private List<String> words = List.of();

  @Override
  public Object execute() throws CommandException {
    List<CatalogueEntry> fields = fields();
    if (json()) {
      print(new Document(fields));
    } else {
      table(fields).print(screen(), format());
    }
    return null;
  }

  private List<CatalogueEntry> fields() throws CommandException {
    try {
      return channels.fields(argument(words));
    } catch (NoSuchChannelException e) {
      throw failure(e.getMessage());
    }
  }

  private static Table table(List<CatalogueEntry> fields) {
    Table table =
        new Table("Nothing may leave.")
            .text("Name")
            .text("Type")
            .text("Meaning")
            .text("Why")
            .text("Sensitivity")
            .word("Since")
            .word("Channel");
    for (CatalogueEntry field : fields) {
      table.row(
          field.name(),
          field.type().label() + (field.unit().isEmpty() ? "" : " (" + field.unit() + ")"),
          field.meaning(),
          field.why(),
          field.sensitivity().label(),
          field.since(),
          field.channel());
    }
    return table;
  }

  private record Document(List<CatalogueEntry> fields) {}
}
