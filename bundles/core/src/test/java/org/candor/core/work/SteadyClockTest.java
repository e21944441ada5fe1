package org.candor.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.candor.core.MovableClock;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private final MovableClock system = new MovableClock();
  private final SteadyClock clock = new SteadyClock(system, system);
  private final Instant begin = system.instant();

  @Test
  void itGoesWithTheSystemAlsoWhereThatIsAdjusted() {
    for (int i = 0; i < 100; i++) {
      system.advance(Duration.ofMinutes(1));
      system.set(Duration.ofMillis(900));
      assertThat(clock.instant()).isEqualTo(system.instant());
    }
  }

  @Test
  void aClockThatIsAYearOffForEightSecondsIsNotNoticed() {
    system.set(Duration.ofDays(365));
    for (int i = 0; i < 8; i++) {
      assertThat(clock.instant()).isEqualTo(begin.plusSeconds(i));
      system.advance(Duration.ofSeconds(1));
    }
    system.set(Duration.ofDays(-365));
    assertThat(clock.instant()).isEqualTo(begin.plusSeconds(8)).isEqualTo(system.instant());
  }

  @Test
  void aLeapThatLastsCounts() {
    system.set(Duration.ofHours(-10));
    assertThat(clock.instant()).isEqualTo(begin);
    system.advance(Duration.ofMinutes(5).minusNanos(1));
    assertThat(clock.instant()).isAfter(begin);
    system.advance(Duration.ofNanos(1));
    assertThat(clock.instant()).isEqualTo(system.instant());
  }

  @Test
  void eachLeapHasToLastByItself() {
    system.set(Duration.ofDays(365));
    assertThat(clock.instant()).isEqualTo(begin);
    system.advance(Duration.ofMinutes(4));
    system.set(Duration.ofDays(-730));
    assertThat(clock.instant()).isEqualTo(begin.plus(Duration.ofMinutes(4)));
    system.advance(Duration.ofMinutes(4));
    assertThat(clock.instant()).isEqualTo(begin.plus(Duration.ofMinutes(8)));
    system.advance(Duration.ofMinutes(1));
    assertThat(clock.instant()).isEqualTo(system.instant());
  }

  @Test
  void elapsedTimeIsTheTickers() {
    system.advance(Duration.ofSeconds(3));
    assertThat(clock.nanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(clock.withZone(ZoneId.of("Asia/Tokyo"))).isSameAs(clock);
  }
}
