package org.candor.source.crash.record;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.candor.api.crash.KernelSignal;

/** Linux's signals, as signal(7) counts them for x86 and ARM. */
public final class Signals {

  private static final int MOST = 64;
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  /** The signal of that number, from 1 to 64. */
  public static Optional<KernelSignal> numbered(int number) {
    if (number < 1 || number > MOST) {
      return Optional.empty();
    }
    String name = number <= NAMES.size() ? NAMES.get(number - 1) : Integer.toString(number);
    return Optional.of(new KernelSignal(number, "SIG" + name));
  }

  /** The signal of that name, with or without {@code SIG}. */
  public static Optional<KernelSignal> named(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    return numbered(NAMES.indexOf(upper.startsWith("SIG") ? upper.substring(3) : upper) + 1);
  }
}
