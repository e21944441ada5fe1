package org.candor.core.crash;

import java.util.List;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;

/**
 * Truncation to a size: leaves out of a crash the outermost calls of its stacks, and then its
 * innermost causes, until the rest fits.
 */
final class StackTrimming {

  private static final int MOST_CALLS = 128;

  /** What the codec writes around the texts of one call. */
  private static final int KEYS = 48;

  private StackTrimming() {}

  /**
   * The crash, or as much of it as fits. Its message stays, whatever the bound.
   *
   * @param most bytes of its stacks as they are kept, before they are compressed; scrubbed or not
   */
  static Crash fit(Crash crash, int most) {
    List<Failure> fitting = crash.failures();
    for (int calls = MOST_CALLS; calls > 0 && size(fitting) > most; calls /= 2) {
      fitting = shorter(fitting, calls);
    }
    for (int failures = fitting.size() / 2; size(fitting) > most; failures /= 2) {
      fitting = List.copyOf(fitting.subList(0, failures));
    }
    return with(crash, fitting);
  }

  /**
   * About as many bytes as the codec makes once the texts are scrubbed: names are of one byte a
   * character, and what is long is cut.
   */
  private static int size(List<Failure> failures) {
    int size = 0;
    for (Failure failure : failures) {
      int message = Math.min(failure.message().length(), Scrubber.LONGEST_MESSAGE);
      size += KEYS + name(failure.type()) + 2 * message;
      for (Frame frame : failure.frames()) {
        size += KEYS + name(frame.type()) + name(frame.method()) + name(frame.file());
      }
    }
    return size;
  }

  private static int name(String name) {
    return Math.min(name.length(), Scrubber.LONGEST_NAME);
  }

  private static List<Failure> shorter(List<Failure> failures, int calls) {
    return failures.stream()
        .map(
            failure ->
                new Failure(
                    failure.type(),
                    failure.message(),
                    failure.frames().subList(0, Math.min(calls, failure.frames().size()))))
        .toList();
  }

  /** The same crash with another stack. */
  static Crash with(Crash crash, List<Failure> failures) {
    return new Crash(
        crash.id(),
        crash.component(),
        crash.at(),
        crash.level(),
        crash.message(),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        failures);
  }
}
