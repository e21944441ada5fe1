package org.candor.api.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.junit.jupiter.api.Test;

class CrashFactsTest {

  private static final List<Failure> CHAIN =
      List.of(
          new Failure(
              "java.lang.IllegalStateException",
              "cannot go on",
              List.of(
                  new Frame("Service", "run", "Service.java", Optional.of(17)),
                  new Frame("", "main", "", Optional.empty()))),
          new Failure("java.io.IOException", "", List.of()));

  @Test
  void exceptionsComeBackAsTheyWereTakenApart() {
    assertThat(CrashFacts.failures(report(facts()))).isEqualTo(CHAIN);
  }

  @Test
  void theOrderOfTheFactsDoesNotMatter() {
    List<Fact> facts = facts();
    Collections.reverse(facts);
    assertThat(CrashFacts.failures(report(facts))).isEqualTo(CHAIN);
  }

  @Test
  void ofTwoFactsAlikeTheFirstCountsAndOneOfAnotherKindDoesNot() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(FactNames.CRASH_FRAME_LINE, "0.0", new Value.Text("17")));
    facts.addAll(facts());
    facts.add(new Fact(FactNames.CRASH_FRAME_CLASS, "0.0", new Value.Text("Other")));
    facts.add(new Fact(FactNames.CRASH_EXCEPTION_TYPE, "0", new Value.Text("Other")));
    assertThat(CrashFacts.failures(report(facts))).isEqualTo(CHAIN);
  }

  @Test
  void aStackEndsWhereNothingNamesACall() {
    List<Fact> facts =
        List.of(
            new Fact(FactNames.CRASH_EXCEPTION_TYPE, "0", new Value.Text("E")),
            new Fact(FactNames.CRASH_FRAME_METHOD, "0.0", new Value.Text("m")),
            new Fact(FactNames.CRASH_FRAME_LINE, "0.1", new Value.Count(3)),
            new Fact(FactNames.CRASH_FRAME_METHOD, "0.2", new Value.Text("n")));
    assertThat(CrashFacts.failures(report(facts)))
        .containsExactly(new Failure("E", "", List.of(new Frame("", "m", "", Optional.empty()))));
  }

  private static List<Fact> facts() {
    return CrashFacts.of(
        new Crash(
            Crash.idFrom("x"),
            "c",
            Instant.EPOCH,
            CrashLevel.FATAL,
            "m",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CHAIN),
        1);
  }

  private static Report report(List<Fact> facts) {
    return new Report(ReportKind.CRASH, Instant.EPOCH, facts, List.of());
  }
}
