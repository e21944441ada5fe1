package org.candor.shell;

import java.io.PrintStream;
import java.time.Clock;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.candor.shell.screen.Colour;
import org.candor.shell.screen.RelativeTime;
import org.candor.shell.screen.Screen;

/**
 * Base of all commands. Karaf makes one instance for each execution and fills in its fields.
 *
 * <p>A command that fails throws a {@link CommandException}, which the shell prints without a stack
 * trace and which ends {@code bin/client} with 1.
 */
abstract class TelemetryCommand implements Action {

  @Reference private Session session;

  /** The executing thread's, which a pipe or a redirection may have replaced. */
  final PrintStream out() {
    return System.out;
  }

  final Session session() {
    return session;
  }

  final Screen screen() {
    return Screen.of(session, out());
  }

  /** Whether somebody reads along; otherwise a script does, and gets the output alone. */
  final boolean attended() {
    return session.getTerminal() != null;
  }

  final RelativeTime time() {
    return new RelativeTime(Clock.systemUTC());
  }

  final CommandException failure(String message) {
    Screen console = Screen.of(session, session.getConsole());
    return new CommandException(console.paint(Colour.RED, message), message);
  }
}
