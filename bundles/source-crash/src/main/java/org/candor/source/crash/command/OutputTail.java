package org.candor.source.crash.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.source.crash.stack.JavaTrace;

/** The last 64 KiB of what a run put out. */
final class OutputTail {

  private static final int MOST = 64 * 1024;

  private OutputTail() {}

  /**
   * The crash with what its output tells: a stack trace, or else its last line. The same crash when
   * there is no output.
   */
  static Crash explain(Crash crash, RunNote run) {
    List<String> lines = run.output().map(file -> lines(file, run.offset())).orElse(List.of());
    List<Failure> failures = JavaTrace.lastIn(lines);
    return new Crash(
        crash.id(),
        crash.component(),
        crash.at(),
        crash.level(),
        headline(failures).or(() -> lastLine(lines)).orElse(crash.message()),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        failures);
  }

  private static Optional<String> headline(List<Failure> failures) {
    return failures.stream()
        .findFirst()
        .map(
            failure ->
                failure.message().isBlank()
                    ? failure.type()
                    : failure.type() + ": " + failure.message().lines().findFirst().orElse(""));
  }

  private static Optional<String> lastLine(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .map(String::strip);
  }

  private static List<String> lines(Path file, long offset) {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      long size = in.size();
      // A file that is shorter than it was has been begun anew.
      long begin = Math.max(offset <= size ? offset : 0, size - MOST);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST, size - begin));
      in.position(begin);
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        continue;
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
