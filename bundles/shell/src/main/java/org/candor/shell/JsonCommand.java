package org.candor.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.candor.control.document.JsonDocument;

/** Base of commands that can print their result as JSON. */
abstract class JsonCommand extends TelemetryCommand {

  @Option(name = "--json", description = "Print one JSON document and nothing else")
  private boolean json;

  final boolean json() {
    return json;
  }

  /** Prints it in UTF-8, whatever the encoding of the session is. */
  final void print(Object document) {
    PrintStream out = out();
    try {
      new JsonDocument(document).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.write('\n');
    out.flush();
  }

  /**
   * The argument among the words of the command line. Karaf takes options before the first argument
   * only and hands later ones over as words.
   */
  final Optional<String> argument(List<String> words) throws CommandException {
    List<String> arguments = arguments(words);
    if (arguments.size() > 1) {
      throw failure("One argument is allowed, not " + String.join(" ", arguments) + ".");
    }
    return arguments.stream().findFirst();
  }

  /** The arguments among the words of the command line. */
  final List<String> arguments(List<String> words) {
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      if (!takes(word)) {
        arguments.add(word);
      }
    }
    return arguments;
  }

  /** Whether the word is a flag of this command; if so, it is now set. */
  boolean takes(String word) {
    if (word.equals("--json")) {
      json = true;
      return true;
    }
    return false;
  }
}
