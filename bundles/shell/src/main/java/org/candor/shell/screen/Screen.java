package org.candor.shell.screen;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.ansi.SimpleAnsi;

/**
 * Terminal: where a command's output goes.
 *
 * @param out takes it
 * @param width columns that fit; 0 when there is no limit
 * @param colours whether somebody is there to see them
 */
public record Screen(PrintStream out, int width, boolean colours) {

  /**
   * The session's terminal, when the running command prints there: neither a session of {@code
   * bin/client} with a command, which has none, nor the beginning of a pipe or a redirection.
   */
  public static Screen of(Session session, PrintStream out) {
    return Optional.ofNullable(session.getTerminal())
        .filter(terminal -> printsToTerminal())
        .map(terminal -> new Screen(out, terminal.getWidth(), paints(terminal)))
        .orElseGet(() -> new Screen(out, 0, false));
  }

  private static boolean printsToTerminal() {
    Process process = Process.Utils.current();
    return process == null || process.isTty(1);
  }

  // Karaf's own isAnsiSupported() is always true.
  private static boolean paints(Terminal terminal) {
    return terminal.getType() != null && !terminal.getType().startsWith("dumb");
  }

  /** The text in a colour, where there are any. */
  public String paint(Colour colour, String text) {
    return colours && colour != Colour.DEFAULT
        ? colour.code() + text + SimpleAnsi.COLOR_DEFAULT
        : text;
  }

  /** A label in the colour of its meaning. */
  public String paint(String label) {
    return paint(Colour.of(label), label);
  }

  public void println(String line) {
    out.println(line);
  }
}
