package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundsTest {

  private static final int MIB = 1 << 20;
  private static final String FUNCTION = "exception.values[].stacktrace.frames[].function";

  private final SentryFormatter formatter = new SentryFormatter();

  @Test
  void oneFactOfTenMegabytesIsCutAndTheCutIsNoted() {
    String huge = "😀".repeat(5 << 20);
    Envelope daily =
        envelope(
            Reports.inventory(
                Reports.text(FactNames.PRODUCT_VERSION, huge),
                Reports.text(FactNames.CLUSTER_ID, huge)));
    Envelope crash =
        envelope(
            Reports.crash(
                Reports.crash(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Failure("T", huge, List.of()))),
                1,
                List.of(Reports.text(FactNames.SERVER_NAME, huge)),
                List.of()));

    assertThat(daily.eventBytes()).isLessThan(4000);
    assertThat(daily.values("release").get(0).toString()).endsWith("😀…").hasSizeBetween(199, 200);
    assertThat(daily.values("contexts.candor.shortened[]"))
        .containsExactly("release", "tags.cluster_id");
    assertThat(crash.eventBytes()).isLessThan(40_000);
    assertThat(crash.values("contexts.candor.shortened[]"))
        .containsExactly("exception.values[].value", "server_name");
  }

  @Test
  void aStackThatFitsStaysWhole() {
    Envelope envelope = envelope(deep(2000, "call"));
    assertThat(envelope.values(FUNCTION)).hasSize(2000).startsWith("call1999").endsWith("call0");
    assertThat(envelope.paths()).doesNotContain("contexts.candor.frames_omitted");
  }

  @Test
  void aStackThatDoesNotFitLosesItsMiddleAndSaysSo() {
    int depth = 100_000;
    Envelope envelope = envelope(deep(depth, "x".repeat(200)));
    List<Object> functions = envelope.values(FUNCTION);

    assertThat(envelope.eventBytes()).isBetween(MIB / 3, MIB);
    assertThat(functions.get(0).toString()).endsWith("x" + (depth - 1));
    assertThat(functions.get(functions.size() - 1).toString()).endsWith("x0");
    assertThat(envelope.values("contexts.candor.frames_omitted"))
        .containsExactly((long) depth - functions.size());
  }

  @Test
  void whateverTheFactsAreTheEventIsBoundedAndSaysWhatItLacks() {
    Envelope envelope = envelope(Hostile.crash());

    assertThat(envelope.eventBytes()).isLessThanOrEqualTo(MIB);
    assertThat(envelope.values("contexts.candor.exceptions_omitted").get(0))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LONG)
        .isGreaterThanOrEqualTo(10);
    assertThat(envelope.values("contexts.candor.shortened[]"))
        .contains("logger", "message.formatted", "exception.values[].value");
    assertThat(envelope.paths()).noneMatch(path -> path.endsWith("lineno"));
  }

  @Test
  void aLongChainKeepsItsOutermostExceptionAndItsCause() {
    List<Failure> chain = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      chain.add(new Failure("E" + i, "", List.of()));
    }
    Envelope envelope =
        envelope(
            Reports.crash(
                Reports.crash(Optional.empty(), Optional.empty(), Optional.empty(), chain),
                1,
                List.of(),
                List.of()));
    assertThat(envelope.values("exception.values[].type"))
        .hasSize(50)
        .startsWith("E999")
        .endsWith("E0");
    assertThat(envelope.values("contexts.candor.exceptions_omitted")).containsExactly(950L);
  }

  @Test
  void textsThatWouldBreakALineAreWrittenAsJson() {
    Envelope envelope =
        envelope(
            Reports.crash(
                Reports.crash(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Failure(Hostile.NASTY, Hostile.NASTY, List.of()))),
                1,
                List.of(Reports.text(FactNames.CLUSTER_ID, "a\r\n\tb\u0000")),
                List.of()));
    assertThat(envelope.values("exception.values[].value"))
        .containsExactly(Hostile.NASTY.replace('\ud800', '?').replace("x\udc00", "x?"));
    assertThat(envelope.values("tags.cluster_id")).containsExactly("a   b");
  }

  private static Report deep(int depth, String name) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      frames.add(new Frame("com.example.Type", name + i, "Type.java", Optional.of(i + 1)));
    }
    return Reports.crash(
        Reports.crash(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new Failure("java.lang.StackOverflowError", "", frames))),
        1,
        List.of(),
        List.of());
  }

  private Envelope envelope(Report report) {
    return Envelope.of(formatter.format(report).get(0));
  }
}
