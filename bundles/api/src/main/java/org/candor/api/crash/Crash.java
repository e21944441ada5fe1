package org.candor.api.crash;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.candor.api.Bytes;

/**
 * A process that died, or a thread that ended with an exception. Texts may hold anything: whoever
 * takes a crash removes what names a person and shortens what is long.
 *
 * @param id 32 lower-case hexadecimal digits; the same whenever the same crash is handed over
 * @param component what crashed, as its owner calls it
 * @param at when
 * @param level how bad it is
 * @param message what happened, in one sentence
 * @param signal present when a signal ended the process
 * @param exitCode as a shell shows it; present when the process ended and it is known
 * @param coreDumped whether the kernel wrote a core dump, where that is known
 * @param failures the outermost exception first, then its causes; empty when there is no stack
 */
public record Crash(
    String id,
    String component,
    Instant at,
    CrashLevel level,
    String message,
    Optional<KernelSignal> signal,
    Optional<Integer> exitCode,
    Optional<Boolean> coreDumped,
    List<Failure> failures) {

  public Crash {
    if (!id.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not a crash's id: " + id);
    }
    failures = List.copyOf(failures);
  }

  /** An id for a crash that nobody will hand over again. */
  public static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** An id that is the same for the same traces of a crash, and tells nothing about them. */
  public static String idFrom(String traces) {
    return Bytes.copyOf(traces.getBytes(StandardCharsets.UTF_8)).sha256().substring(0, 32);
  }
}
