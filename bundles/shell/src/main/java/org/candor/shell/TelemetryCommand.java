package org.candor.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.Bytes;
import org.candor.api.text.PlainText;
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

  /**
   * Prints a payload: exactly its bytes, except that on a terminal a character that hides, which
   * the terminal might obey, is written as JSON's escape sequence for it.
   */
  final void printBody(Bytes body) throws IOException {
    PrintStream out = out();
    if (screen().isTerminal()) {
      out.writeBytes(PlainText.escaped(body.utf8()).getBytes(StandardCharsets.UTF_8));
    } else {
      body.writeTo(out);
    }
  }

  final CommandException failure(String message) {
    Screen console = Screen.of(session, session.getConsole());
    String shown = message.lines().map(PlainText::shown).collect(Collectors.joining("\n"));
    String painted =
        shown
            .lines()
            .map(line -> console.paint(Colour.RED, line))
            .collect(Collectors.joining("\n"));
    return new CommandException(painted, shown);
  }
}
