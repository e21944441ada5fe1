package org.candor.source.crash.record;

import java.util.Optional;
import org.candor.api.crash.KernelSignal;

/** What there is to say about a crash that says nothing itself. */
public final class CrashSentence {

  private CrashSentence() {}

  public static String of(
      String component, Optional<KernelSignal> signal, Optional<Integer> exitCode) {
    return component
        + signal
            .map(how -> " was killed by " + how.name())
            .or(() -> exitCode.map(code -> " ended with exit code " + code))
            .orElse(" crashed");
  }
}
