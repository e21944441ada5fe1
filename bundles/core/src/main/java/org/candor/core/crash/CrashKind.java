package org.candor.core.crash;

import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;

/**
 * Crash fingerprint (grouping key): crashes are alike that are the same end of the same component
 * in the same place.
 */
final class CrashKind {

  private CrashKind() {}

  static String of(Crash crash) {
    StringBuilder kind = new StringBuilder();
    kind.append(crash.component()).append('\n').append(crash.level());
    crash.signal().ifPresent(signal -> kind.append("\nsignal ").append(signal.number()));
    crash.exitCode().ifPresent(code -> kind.append("\nexit ").append(code));
    for (Failure failure : crash.failures()) {
      kind.append('\n').append(failure.type());
      failure.frames().stream()
          .findFirst()
          .ifPresent(top -> kind.append(' ').append(top.type()).append('.').append(top.method()));
    }
    return Crash.idFrom(kind.toString());
  }
}
