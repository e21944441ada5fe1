package org.candor.shell;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.settings.Setting;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentEntry;
import org.candor.control.EntryProof;
import org.candor.control.Journal;
import org.candor.control.Journal.Continuity;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.NotedHead;
import org.candor.control.document.ProofDocument;
import org.candor.control.document.SentDocument;
import org.candor.control.document.SentPayloadDocument;
import org.candor.shell.screen.Screen;
import org.candor.shell.screen.Table;

/** Command {@code telemetry:sent}: the journal of attempts to send and of consent changes. */
@Service
@Command(
    scope = "telemetry",
    name = "sent",
    description = "What was sent, when, where to, and authorised by which setting")
public final class SentCommand extends TableCommand {

  private static final Integer FAILED = 1;

  private static final Setting<Long> COUNT = Setting.count("--count", 1, 1_000_000);

  @Reference private Journal journal;

  @Option(name = "--verify", description = "Check the whole journal, and print its head")
  private boolean verify;

  @Option(
      name = "--since",
      description = "With --verify or --proof: a head that was noted, SIZE-ROOT")
  private String since;

  @Option(
      name = "--proof",
      description = "Print the newest entry of this id and the proof that it is in the journal")
  private String proof;

  @Option(
      name = "--export",
      description = "Print the whole journal as it is hashed: JSON, one entry a line, oldest first")
  private boolean export;

  @Option(name = "--payload", description = "Print the payload of this id, exactly as it was sent")
  private String payload;

  @Option(name = "--search", description = "List only entries that contain all of these words")
  private String search;

  @Option(name = "--all", description = "List changes of consent too, among the attempts")
  private boolean all;

  @Option(name = "--count", description = "How many of the newest entries to list")
  private String count = "20";

  @Override
  public Object execute() throws CommandException, IOException {
    try {
      return show();
    } catch (UncheckedIOException e) {
      throw failure(e.getMessage());
    }
  }

  private Object show() throws CommandException, IOException {
    Optional<NotedHead> noted = noted();
    if (verify) {
      return verify(journal.verify(noted));
    }
    Optional<String> proven = Optional.ofNullable(proof);
    if (proven.isPresent()) {
      prove(proven.get(), noted);
      return null;
    }
    if (noted.isPresent()) {
      throw failure("--since goes with --verify or --proof.");
    }
    if (export) {
      export();
      return null;
    }
    Optional<String> id = Optional.ofNullable(payload);
    if (id.isPresent()) {
      print(id.get(), payload(id.get()));
    } else {
      list(newest());
    }
    return null;
  }

  private Optional<NotedHead> noted() throws CommandException {
    Optional<String> text = Optional.ofNullable(since);
    Optional<NotedHead> noted = text.flatMap(NotedHead::of);
    if (text.isPresent() && noted.isEmpty()) {
      throw failure("--since = " + since + " is refused; allowed is " + NotedHead.FORM + ".");
    }
    return noted;
  }

  private void prove(String id, Optional<NotedHead> noted) throws CommandException {
    EntryProof found =
        journal
            .prove(id, noted)
            .orElseThrow(
                () ->
                    failure(
                        noted.isEmpty()
                            ? "The journal has no entry \"" + id + "\", or no longer has it."
                            : "The journal cannot prove an entry \""
                                + id
                                + "\" with this head: it has no such entry, or that came later,"
                                + " or the head is not of this journal."));
    if (json()) {
      print(ProofDocument.of(id, found));
      return;
    }
    PrintStream out = out();
    print(found.entry(), out);
    print(Bytes.utf8(found.line()), out);
    out.flush();
  }

  private Object verify(Journal.Verification verification) throws CommandException {
    boolean holds =
        verification.intact()
            && verification.since().filter(found -> found != Continuity.CONTINUES).isEmpty();
    if (json()) {
      print(verification);
      return holds ? null : FAILED;
    }
    if (!verification.intact()) {
      throw failure(
          "The journal was altered: of "
              + verification.entries()
              + " entries, the first that does not fit is "
              + verification.firstBroken().orElse("not known")
              + ".");
    }
    Optional<String> continuity = Optional.empty();
    if (verification.since().isPresent()) {
      continuity = Optional.of(continuity(verification.since().get()));
    }
    Screen screen = screen();
    screen.println("The journal is intact: " + count(verification.entries()) + ".");
    if (verification.dropped() > 0) {
      screen.println(
          "Removed to keep within the size limit, with their hashes left: "
              + count(verification.dropped())
              + ".");
    }
    continuity.ifPresent(screen::println);
    screen.println("Head: " + verification.head().text());
    screen.println(
        "Note the head elsewhere: --verify --since HEAD and bin/check-journal prove later that the"
            + " journal continues this one.");
    return null;
  }

  private String continuity(Continuity continuity) throws CommandException {
    return switch (continuity) {
      case CONTINUES -> "It continues the journal whose head was noted.";
      case DIFFERS ->
          throw failure(
              "The journal does not continue the one whose head was noted: entries were changed or cut"
                  + " off since.");
      case NOT_KEPT ->
          throw failure(
              "Whether the journal continues the one with this head cannot be shown any more: nobody had"
                  + " it from --verify, and entries around it were removed to keep within the size"
                  + " limit.");
    };
  }

  private void export() throws IOException {
    PrintStream out = out();
    journal.export(line -> print(line, out));
    out.flush();
  }

  private static void print(Bytes line, PrintStream out) {
    try {
      line.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.write('\n');
    if (out.checkError()) {
      throw new UncheckedIOException(
          new EOFException("The export was cut off: nothing reads it any more."));
    }
  }

  private Bytes payload(String id) throws CommandException {
    return journal
        .payload(id)
        .orElseThrow(
            () -> failure("The journal has no payload \"" + id + "\", or no longer has it."));
  }

  private void print(String id, Bytes bytes) throws IOException {
    if (json()) {
      print(SentPayloadDocument.of(id, bytes));
    } else {
      printBody(bytes);
      out().flush();
    }
  }

  private static String count(long entries) {
    return entries == 1 ? "1 entry" : entries + " entries";
  }

  private int newest() throws CommandException {
    try {
      return COUNT.parser().apply(count).intValue();
    } catch (IllegalArgumentException e) {
      throw failure("--count = " + count + " is refused; allowed is " + COUNT.allowed() + ".");
    }
  }

  private void list(int newest) {
    JournalPart<?> part =
        all ? journal.newestOfAnyKind(newest, search()) : journal.newest(newest, search());
    if (json()) {
      print(SentDocument.of(part));
      return;
    }
    Table table =
        new Table(whenEmpty(part.total()))
            .word("At")
            .word("Channel")
            .word("Purpose")
            .text("Authorised by")
            .label("Outcome")
            .number("Bytes")
            .text("Endpoint")
            .text("Answer")
            .word("Id");
    part.entries().forEach(entry -> row(table, entry));
    Screen screen = screen();
    table.print(screen, format());
    if (format() && part.matching() > newest) {
      screen.println("The newest " + newest + " of " + part.matching() + "; --count N shows more.");
    }
  }

  private String whenEmpty(long total) {
    if (all) {
      return total == 0 ? "The journal is empty." : "No entry contains all of these words.";
    }
    return total == 0 ? "Nothing has been sent." : "No attempt contains all of these words.";
  }

  private static void row(Table table, JournalItem item) {
    if (item instanceof ConsentEntry consent) {
      row(table, consent.change());
    } else {
      row(table, (JournalEntry) item);
    }
  }

  private static void row(Table table, JournalEntry entry) {
    table.row(
        entry.at().truncatedTo(ChronoUnit.SECONDS),
        entry.channel(),
        entry.purpose().label(),
        entry.allowedBy(),
        entry.outcome().label(),
        entry.bytes(),
        entry.endpoint(),
        entry.answer(),
        entry.id());
  }

  /** Who answered stands where it else says who allowed it, and from where in place of where to. */
  private static void row(Table table, ConsentChange change) {
    table.row(
        change.at().truncatedTo(ChronoUnit.SECONDS),
        change.channel().orElse("-"),
        change.purpose().map(Purpose::label).orElse("-"),
        change.way().label() + (change.by().isEmpty() ? "" : ": " + change.by()),
        ConsentTable.step(change),
        "",
        change.address(),
        "",
        change.id());
  }

  private JournalSearch search() {
    return JournalSearch.of(Optional.ofNullable(search).orElse(""));
  }
}
