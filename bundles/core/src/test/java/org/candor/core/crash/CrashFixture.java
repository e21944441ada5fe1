package org.candor.core.crash;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.core.store.RecordFrame;

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

  /** With a stack of its own, of random names, which no compression makes small. */
  static Crash large(int seed, String component, int failures, int calls) {
    Random random = new Random(seed);
    return StackTrimming.with(
        exit(component + seed, component, 3),
        Stream.generate(
                () ->
                    new Failure(
                        "T" + seed, "", Stream.generate(() -> frame(random)).limit(calls).toList()))
            .limit(failures)
            .toList());
  }

  private static Frame frame(Random random) {
    return new Frame(name(random), name(random), name(random), Optional.of(1));
  }

  private static String name(Random random) {
    return random
        .ints(100, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** As earlier versions kept a crash, its stack inside. */
  static byte[] asBefore(long number, Crash crash) {
    Repetition repetition = Repetition.begun(crash.at()).oneCounted(crash, "");
    JsonObject json = new JsonObject();
    json.addProperty("number", number);
    json.addProperty("count", 1);
    json.addProperty("standing", "NEW");
    json.add(
        "crash",
        JsonParser.parseString(CrashCodec.encode(repetition)).getAsJsonObject().get("first"));
    return RecordFrame.wrap(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
