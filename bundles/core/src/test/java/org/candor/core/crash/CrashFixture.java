package org.candor.core.crash;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;

/** Crashes as sources hand them over. */
public final class CrashFixture {

  private CrashFixture() {}

  /** A death by SIGSEGV, with a stack. */
  public static Crash segv(String traces) {
    return new Crash(
        Crash.idFrom(traces),
        "dataplane",
        Instant.parse("2026-11-21T12:00:00Z"),
        CrashLevel.FATAL,
        "dataplane was killed by SIGSEGV",
        Optional.of(new KernelSignal(11, "SIGSEGV")),
        Optional.of(139),
        Optional.of(true),
        List.of(
            new Failure(
                "java.lang.IllegalStateException",
                "cannot open /home/jane/db",
                List.of(
                    new Frame("com.acme.Db", "open", "/home/jane/src/Db.java", Optional.of(12)),
                    new Frame("com.acme.Main", "main", "Main.java", Optional.empty())))));
  }

  /** An end with an exit code. */
  public static Crash exit(String traces, String component, int code) {
    return new Crash(
        Crash.idFrom(traces),
        component,
        Instant.parse("2026-11-21T12:00:00Z"),
        CrashLevel.FATAL,
        component + " ended with status " + code,
        Optional.empty(),
        Optional.of(code),
        Optional.empty(),
        List.of());
  }
}
