package org.candor.shell;

import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.control.Crashes;
import org.candor.control.SeenCrash;
import org.candor.control.document.CrashesDocument;

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
    List<SeenCrash> seen = seen();
    if (json()) {
      print(new CrashesDocument(seen));
    } else {
      new CrashTable(seen, time()).table().print(screen(), format());
      if (stack) {
        seen.forEach(this::printStack);
      }
    }
    return null;
  }

  private void printStack(SeenCrash crash) {
    if (!crash.stack().isEmpty()) {
      screen().println("");
      screen().println(crash.component() + ", " + crash.at());
      crash.stack().forEach(line -> screen().println("  " + line));
    }
  }

  private List<SeenCrash> seen() throws CommandException {
    try {
      return crashes.crashes();
    } catch (IOException e) {
      throw failure("The crashes cannot be read: " + e.getMessage());
    }
  }
}
