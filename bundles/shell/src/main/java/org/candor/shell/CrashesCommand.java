package org.candor.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.control.CrashSummary;
import org.candor.control.Crashes;
import org.candor.control.SeenCrash;
import org.candor.control.document.CrashesDocument;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:crashes}: crashes seen, and the outcome of their reports. */
@Service
@Command(
    scope = "telemetry",
    name = "crashes",
    description = "Crashes seen, with signal, exit code, core dump and delivery")
public final class CrashesCommand extends TableCommand {

  @Option(name = "--stack", description = "Also print the stack of each crash that has one")
  private boolean stack;

  @Reference private Crashes crashes;

  @Override
  public Object execute() throws CommandException {
    try {
      if (json()) {
        print(new CrashesDocument(stack ? withStacks() : crashes.crashes()));
      } else {
        printTable();
      }
    } catch (IOException | UncheckedIOException e) {
      throw failure("The crashes cannot be read: " + e.getMessage());
    }
    return null;
  }

  private void printTable() throws IOException {
    List<CrashSummary> seen = new ArrayList<>();
    crashes.crashes().forEach(seen::add);
    new CrashTable(seen, time()).table().print(screen(), format());
    if (stack) {
      for (CrashSummary crash : seen) {
        printStack(crash, stack(crash));
      }
    }
  }

  private void printStack(CrashSummary crash, List<String> lines) {
    if (!lines.isEmpty()) {
      Screen screen = screen();
      screen.println("");
      screen.println(crash.component() + ", " + crash.at());
      lines.forEach(line -> screen.println("  " + line));
    }
  }

  /** Each stack is read when its turn comes. */
  private Iterable<SeenCrash> withStacks() throws IOException {
    Iterable<CrashSummary> seen = crashes.crashes();
    return () ->
        StreamSupport.stream(seen.spliterator(), false)
            .map(crash -> SeenCrash.of(crash, stack(crash)))
            .iterator();
  }

  private List<String> stack(CrashSummary crash) {
    try {
      return crash.calls() == 0 ? List.of() : crashes.stack(crash.id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
