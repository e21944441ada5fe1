package org.candor.shell;

import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.control.Crashes;
import org.candor.api.control.SeenCrash;
import org.candor.api.document.CrashesDocument;

/** What crashed here, and what became of the reports about it. */
@Service
@Command(
    scope = "telemetry",
    name = "crashes",
    description = "Crashes seen, with signal, exit code, core dump and delivery")
public final class CrashesCommand extends TableCommand {

  @Reference private Crashes crashes;

  @Override
  public Object execute() throws CommandException {
    List<SeenCrash> seen = seen();
    if (json()) {
      print(new CrashesDocument(seen));
    } else {
      new CrashTable(seen, time()).table().print(screen(), format());
    }
    return null;
  }

  private List<SeenCrash> seen() throws CommandException {
    try {
      return crashes.crashes();
    } catch (IOException e) {
      throw failure("The crashes cannot be read: " + e.getMessage());
    }
  }
}
