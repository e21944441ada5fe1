package org.candor.shell;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentControl;
import org.candor.control.Explanation;
import org.candor.control.Journal;
import org.candor.control.document.ConsentDocument;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:consent}: who decides now, and the history of consent changes. */
@Service
@Command(
    scope = "telemetry",
    name = "consent",
    description = "Who decides about each purpose, and who changed what, when and by which way")
public final class ConsentCommand extends TableCommand {

  private static final int NEWEST = 5;

  @Reference private ConsentControl consent;
  @Reference private Journal journal;

  @Option(name = "--history", description = "Print every change in the journal, the oldest first")
  private boolean history;

  @Override
  public Object execute() throws CommandException {
    try {
      show();
      return null;
    } catch (UncheckedIOException e) {
      throw failure(e.getMessage());
    }
  }

  private void show() {
    List<ConsentChange> changes = journal.changes(history ? Integer.MAX_VALUE : NEWEST + 1);
    if (history) {
      print(changes);
      return;
    }
    boolean more = changes.size() > NEWEST;
    List<ConsentChange> newest = changes.subList(more ? 1 : 0, changes.size());
    List<Explanation> purposes = Stream.of(Purpose.values()).map(consent::explain).toList();
    if (json()) {
      print(new Document(purposes, newest));
      return;
    }
    Screen screen = screen();
    if (format()) {
      purposes.forEach(purpose -> screen.println(new ConsentSummary(purpose).sentence(screen)));
      screen.println("");
    }
    print(newest);
    if (format() && more) {
      screen.println("The newest " + NEWEST + "; --history shows all.");
    }
  }

  private void print(List<ConsentChange> changes) {
    if (json()) {
      print(new ConsentDocument(changes));
    } else {
      new ConsentTable(changes).print(screen(), format());
    }
  }

  private record Document(List<Explanation> purposes, List<ConsentChange> changes) {}
}
