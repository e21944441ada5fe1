package org.candor.source.crash.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process lives. */
final class Life {

  private Life() {}

  /**
   * Whether it lives and is no zombie. The Java VM takes a zombie for a live process, and in a
   * container whose first process is no real init an orphan stays one for good.
   */
  static boolean in(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      // proc(5): the state follows the name, which stands in parentheses and may hold anything.
      String stat =
          Files.readString(
              Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
      return !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return process.isAlive();
    }
  }
}
