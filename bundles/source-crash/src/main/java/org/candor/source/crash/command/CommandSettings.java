package org.candor.source.crash.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command and how it is run.
 *
 * @param component what its crashes are filed under
 * @param words the program and its arguments
 * @param output the file its standard output and error are added to; empty to discard them
 * @param workingDirectory where it runs
 */
public record CommandSettings(
    String component,
    List<String> words,
    Restart restart,
    Duration restartDelay,
    Optional<Path> output,
    Path workingDirectory) {

  public CommandSettings {
    words = List.copyOf(words);
  }

  /** Whether all of them are the others. */
  public boolean isSame(CommandSettings other) {
    return runsLike(other) && restart == other.restart && restartDelay.equals(other.restartDelay);
  }

  /** Whether a command that runs by these settings runs as well by the others. */
  boolean runsLike(CommandSettings other) {
    return what().equals(other.what());
  }

  /** What cannot be changed while it runs. */
  String what() {
    return String.join(
        "\n", component, words.toString(), output.toString(), workingDirectory.toString());
  }
}
