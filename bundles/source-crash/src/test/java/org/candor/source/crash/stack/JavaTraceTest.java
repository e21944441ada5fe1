package org.candor.source.crash.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.junit.jupiter.api.Test;

class JavaTraceTest {

  @Test
  void readsWhatTheJavaVmPrints() {
    List<Failure> failures =
        parse(
            """
            12:00 INFO starting java.lang.Nothing: really
            java.lang.IllegalStateException: earlier
            \tat a.B.c(B.java:1)
            12:01 INFO on we go
            Exception in thread "main thread" java.lang.IllegalStateException: two
            lines: of it
            \tat org.x.Main.go(Main.java:12)
            \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            \tat app//org.x.Main$Inner.<init>(Main.java)
            \tat org.x.Main.lambda$go$0(Unknown Source)
            \tat java.base@17.0.1/java.lang.Thread.run0(Native Method)
            \tSuppressed: java.io.IOException: not this
            \t\tat p.Q.r(Q.java:3)
            \t\t... 3 more
            Caused by: java.io.IOException
            \tat org.x.Disk.write(Disk.java:7)
            \t... 2 more
            Caused by: org.x.Full: no room
            \t... 4 more
            goodbye
            """);

    assertThat(failures)
        .containsExactly(
            new Failure(
                "java.lang.IllegalStateException",
                "two\nlines: of it",
                List.of(
                    frame("org.x.Main", "go", "Main.java", 12),
                    frame("java.util.ArrayList", "forEach", "ArrayList.java", 1511),
                    frame("org.x.Main$Inner", "<init>", "Main.java", 0),
                    frame("org.x.Main", "lambda$go$0", "", 0),
                    frame("java.lang.Thread", "run0", "", 0))),
            new Failure(
                "java.io.IOException", "", List.of(frame("org.x.Disk", "write", "Disk.java", 7))),
            new Failure("org.x.Full", "no room", List.of()));
  }

  @Test
  void aRealOneIsReadAsItIs() {
    Throwable thrown =
        new IllegalStateException("outer", new java.io.IOException("inner: x", new Error()));
    thrown.addSuppressed(new RuntimeException("beside"));
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));

    List<Failure> read = parse(text.toString());
    List<Failure> real = Thrown.failures(thrown);

    assertThat(read).extracting(Failure::type).isEqualTo(real.stream().map(Failure::type).toList());
    assertThat(read)
        .extracting(Failure::message)
        .isEqualTo(real.stream().map(Failure::message).toList());
    assertThat(read.get(0)).isEqualTo(real.get(0));
  }

  @Test
  void aTraceWhoseHeadIsCutOffAndPlainTextAreNone() {
    assertThat(parse("\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n")).isEmpty();
    assertThat(parse("all is well\nbye at home(1)\n")).isEmpty();
    assertThat(parse("")).isEmpty();
  }

  private static Frame frame(String type, String method, String file, int line) {
    return new Frame(type, method, file, Optional.of(line).filter(n -> n > 0));
  }

  private static List<Failure> parse(String text) {
    return JavaTrace.lastIn(text.lines().toList());
  }
}
