package org.candor.core.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final Schedule atTwenty = new Schedule(HOUR, Duration.ofMinutes(20));

  @Test
  void theSameClusterKeepsItsMoment() {
    assertThat(Schedule.of(HOUR, "c", "segment")).isEqualTo(Schedule.of(HOUR, "c", "segment"));
    assertThat(Schedule.of(HOUR, "c", "segment").phase())
        .isNotEqualTo(Schedule.of(HOUR, "d", "segment").phase());
  }

  @Test
  void clustersSpreadEvenlyOverTheInterval() {
    long[] sixths = new long[6];
    IntStream.range(0, 6000)
        .mapToObj(i -> Schedule.of(HOUR, "cluster-" + i, "segment"))
        .forEach(schedule -> sixths[(int) (schedule.phase().toMinutes() / 10)]++);
    assertThat(java.util.Arrays.stream(sixths).boxed())
        .allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void reportsFollowAtTheMomentOfEachInterval() {
    Instant first = atTwenty.next(NOON, NOON);
    assertThat(first).isEqualTo("2026-11-21T12:20:00Z");
    assertThat(atTwenty.next(first, NOON)).isEqualTo("2026-11-21T13:20:00Z");
  }

  @Test
  void reportsThatKeepTheirDistanceComeLaterUntilTheyAreBackAtTheirMoment() {
    Instant asked = Instant.parse("2026-11-21T12:25:00Z");
    assertThat(
            Stream.iterate(asked, last -> atTwenty.nextApart(last, asked))
                .limit(8)
                .map(Instant::toString))
        .containsExactly(
            "2026-11-21T12:25:00Z",
            "2026-11-21T13:20:00Z",
            "2026-11-21T14:20:00Z",
            "2026-11-21T15:20:00Z",
            "2026-11-21T16:20:00Z",
            "2026-11-21T17:20:00Z",
            "2026-11-21T18:20:00Z",
            "2026-11-21T19:20:00Z");
    Instant half = Instant.parse("2026-11-21T12:45:00Z");
    assertThat(
            Stream.iterate(half, last -> atTwenty.nextApart(last, half))
                .limit(5)
                .map(Instant::toString))
        .containsExactly(
            "2026-11-21T12:45:00Z",
            "2026-11-21T13:55:00Z",
            "2026-11-21T15:05:00Z",
            "2026-11-21T16:15:00Z",
            "2026-11-21T17:20:00Z");
  }

  @Test
  void aMissedMomentIsMadeUpForSoonAndSpread() {
    Instant back = NOON.plus(Duration.ofDays(2));
    assertThat(atTwenty.next(NOON, back)).isEqualTo(back.plusSeconds(75));
  }

  @Test
  void whatIsMadeUpForNeverComesAfterTheNextMoment() {
    Instant back = NOON.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(19));
    assertThat(atTwenty.next(NOON, back)).isEqualTo("2026-11-21T17:20:00Z");
  }

  @Test
  void whatIsMadeUpForAndTheNextMomentAreNeverCloseTogether() {
    Instant back = NOON.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(18).plusSeconds(30));
    Instant madeUp = atTwenty.next(NOON, back);
    assertThat(Duration.between(madeUp, atTwenty.next(madeUp, back)))
        .isGreaterThan(HOUR.dividedBy(16));
  }
}
