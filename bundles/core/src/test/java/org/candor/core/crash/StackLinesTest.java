package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.junit.jupiter.api.Test;

class StackLinesTest {

  private static final int PLENTY = 1_000_000;
  private static final Optional<Integer> NONE = Optional.empty();

  @Test
  void itReadsAsJavaPrintsItWithoutMessages() {
    List<Failure> failures =
        List.of(
            new Failure(
                "java.lang.IllegalStateException",
                "no such user",
                List.of(
                    new Frame("com.acme.Db", "open", "Db.java", Optional.of(12)),
                    new Frame("com.acme.Main", "main", "Main.java", Optional.empty()))),
            new Failure(
                "java.io.IOException",
                "gone",
                List.of(
                    new Frame("libc.so.6", "read", "", Optional.empty()),
                    new Frame("", "main", "", Optional.empty()),
                    new Frame("libjvm.so", "", "", Optional.empty()))),
            new Failure("org.acme.Full", "", List.of()));
    assertThat(new StackLines(PLENTY).of(failures))
        .containsExactly(
            "java.lang.IllegalStateException",
            "at com.acme.Db.open(Db.java:12)",
            "at com.acme.Main.main(Main.java)",
            "Caused by: java.io.IOException",
            "at libc.so.6.read",
            "at main",
            "at libjvm.so",
            "Caused by: org.acme.Full");
  }

  @Test
  void withoutACallThereIsNone() {
    assertThat(new StackLines(PLENTY).of(List.of())).isEmpty();
    assertThat(new StackLines(PLENTY).of(List.of(new Failure("SIGSEGV", "", List.of())))).isEmpty();
  }

  @Test
  void ofALongOneBothEndsAreThere() {
    List<String> lines = new StackLines(PLENTY).of(List.of(deep(200)));
    assertThat(lines).hasSize(66).startsWith("E", "at C.m0").endsWith("at C.m199");
    assertThat(lines.get(33)).isEqualTo("\u2026 136 more");
    assertThat(new StackLines(PLENTY).of(List.of(deep(64)))).hasSize(65);
    assertThat(new StackLines(PLENTY).of(Collections.nCopies(10, deep(200)))).hasSize(80);
    Failure wide =
        new Failure("E", "", List.of(new Frame("c".repeat(200), "m".repeat(200), "", NONE)));
    assertThat(new StackLines(PLENTY).of(List.of(wide)).get(1)).hasSize(300).endsWith("m\u2026");
  }

  @Test
  void theFirstInAListHaveTheRoom() {
    StackLines lines = new StackLines(20);
    assertThat(lines.of(List.of(deep(2)))).containsExactly("E", "at C.m0", "at C.m1");
    assertThat(lines.of(List.of(deep(1))))
        .containsExactly("\u2026 2 lines, for which this list has no room");
  }

  private static Failure deep(int calls) {
    return new Failure(
        "E",
        "",
        IntStream.range(0, calls).mapToObj(i -> new Frame("C", "m" + i, "", NONE)).toList());
  }
}
