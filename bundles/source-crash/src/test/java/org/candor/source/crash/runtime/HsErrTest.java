package org.candor.source.crash.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HsErrTest {

  private static final String ID = "0".repeat(32);
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void tellsTheSignalAndTheCrashingThread() throws Exception {
    HsErr found = HsErr.of(sample()).orElseThrow();
    assertThat(found.isComplete()).isTrue();
    assertThat(found.pid()).isEqualTo(OptionalLong.of(11190));

    Crash crash = found.crash(ID, "karaf", AT);

    assertThat(crash.at()).isEqualTo(AT);
    assertThat(crash.level()).isEqualTo(CrashLevel.FATAL);
    assertThat(crash.signal()).contains(new KernelSignal(11, "SIGSEGV"));
    assertThat(crash.coreDumped()).contains(false);
    assertThat(crash.message())
        .isEqualTo("The Java VM crashed: SIGSEGV in V [libjvm.so+0xed27f4] Unsafe_PutInt+0x124");
    Failure failure = crash.failures().get(0);
    assertThat(failure.type()).isEqualTo("SIGSEGV");
    assertThat(failure.frames())
        .startsWith(
            frame("libjvm.so", "Unsafe_PutInt"),
            frame("jdk.internal.misc.Unsafe", "putInt"),
            frame("jdk.internal.misc.Unsafe", "putInt"),
            frame("sun.misc.Unsafe", "putInt"),
            frame("Boom", "deeper"),
            frame("Boom", "main"),
            frame("", "StubRoutines::call_stub"))
        .endsWith(frame("libjli.so", "JavaMain"), frame("libjli.so", "ThreadJavaMain"))
        .hasSize(12);
    assertThat(crash.toString()).doesNotContain("hunter2", "/tmp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#  SIGBUS (0x7) at pc=0x1 (sent by kill), pid=1, tid=9 | SIGBUS",
        "#  Internal Error (sharedRuntime.cpp:531), pid=77, tid=9 | Internal Error",
        "#  Out of Memory Error (os_linux.cpp:2790), pid=77, tid=9 | Out of Memory Error"
      })
  void readsEveryHeader(String line, String reason) {
    HsErr found =
        HsErr.of(
                "#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n" + line)
            .orElseThrow();
    assertThat(found.isComplete()).isFalse();
    assertThat(found.crash(ID, "karaf", AT).message()).isEqualTo("The Java VM crashed: " + reason);
    assertThat(found.pid()).isPresent();
  }

  @Test
  void readsCompiledFrames() {
    String text =
        "# A fatal error has been detected by the Java Runtime Environment:\n"
            + "Native frames: (J=compiled Java code)\n"
            + "J 123% c2 org.x.Main$1.run()V (60 bytes) @ 0x1 [0x1+0x2]\n"
            + "J 9 c1 java.lang.String.hashCode()I java.base@17.0.15 (60 bytes) @ 0x1 [0x1+0x2]\n"
            + "C  [libc.so.6+0x85f14]\n"
            + "C  0x00007f5260017f60\n\n";
    assertThat(HsErr.of(text).orElseThrow().crash(ID, "karaf", AT).failures().get(0).frames())
        .containsExactly(
            frame("org.x.Main$1", "run"),
            frame("java.lang.String", "hashCode"),
            frame("libc.so.6", ""));
  }

  @Test
  void anythingElseIsNone() {
    assertThat(HsErr.of("")).isEmpty();
    assertThat(HsErr.of("hello\nSIGSEGV (0xb), pid=1, tid=1\n")).isEmpty();
  }

  private static Frame frame(String type, String method) {
    return new Frame(type, method, "", Optional.empty());
  }

  static String sample() throws IOException {
    try (var in = HsErrTest.class.getResourceAsStream("hs_err_sample.log")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
