package org.candor.shell.screen;

import java.io.PrintStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.ansi.SimpleAnsi;
import org.candor.api.text.PlainText;

/**
 * Terminal: where a command's output goes.
 *
 * @param out takes it
 * @param width columns that fit; 0 when there is no limit
 * @param colours whether somebody is there to see them
 */
public record Screen(PrintStream out, int width, boolean colours) {

  private static final Pattern PAINTED =
      Pattern.compile(
          Stream.concat(
                  Stream.of(Colour.values()).map(Colour::code), Stream.of(SimpleAnsi.COLOR_DEFAULT))
              .map(Pattern::quote)
              .collect(Collectors.joining("|")));

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

  /** Whether a terminal obeys what is printed. */
  public boolean isTerminal() {
    return width > 0 || colours;
  }

  /** The text in a colour, where there are any. */
  public String paint(Colour colour, String text) {
    return colours && colour != Colour.DEFAULT
        ? colour.code() + PlainText.shown(text) + SimpleAnsi.COLOR_DEFAULT
        : PlainText.shown(text);
  }

  /** A label in the colour of its meaning. */
  public String paint(String label) {
    return paint(Colour.of(label), label);
  }

  /**
   * Prints a line. Strangers' texts are in it: what hides becomes a space, and no terminal obeys
   * anything but the colours that {@link #paint} makes.
   */
  public void println(String line) {
    if (!colours) {
      out.println(PlainText.shown(line));
      return;
    }
    StringBuilder shown = new StringBuilder();
    Matcher painted = PAINTED.matcher(line);
    int end = 0;
    while (painted.find()) {
      shown.append(PlainText.shown(line.substring(end, painted.start()))).append(painted.group());
      end = painted.end();
    }
    out.println(shown.append(PlainText.shown(line.substring(end))));
  }
}
