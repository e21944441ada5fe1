package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.candor.api.retry.Backoff;
import org.candor.core.MovableClock;
import org.junit.jupiter.api.Test;

class RetryTimerTest {

  private final Backoff backoff = RetryTimer.usual(new Random(1));

  @Test
  void theBoundDoublesUpToAQuarterOfAnHour() {
    assertThat(longest(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    assertThat(longest(3)).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20));
    assertThat(longest(400)).isBetween(Duration.ofMinutes(12), Duration.ofMinutes(15));
  }

  @Test
  void theJitterIsFull() {
    assertThat(IntStream.range(0, 500).mapToObj(i -> backoff.delay(3)))
        .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(2)) < 0)
        .allMatch(delay -> delay.compareTo(Duration.ZERO) > 0);
  }

  @Test
  void itWaitsUntilTheNextTryIsDue() {
    MovableClock clock = new MovableClock();
    RetryTimer timer = new RetryTimer(ofFiveSeconds(), clock, clock);
    assertThat(timer.at()).isEmpty();
    assertThat(timer.isWaiting()).isFalse();
    timer.failed();
    assertThat(timer.at()).contains(clock.instant().plusSeconds(5));
    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(timer.isWaiting()).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(timer.isWaiting()).as("due").isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(timer.isWaiting()).as("overdue").isFalse();
  }

  @Test
  void eachFailureInARowDoublesTheWaitAndASuccessEndsIt() {
    MovableClock clock = new MovableClock();
    RetryTimer timer = new RetryTimer(ofFiveSeconds(), clock, clock);
    timer.failed();
    timer.failed();
    assertThat(timer.at()).contains(clock.instant().plusSeconds(10));
    timer.succeeded();
    assertThat(timer.at()).isEmpty();
    assertThat(timer.isWaiting()).isFalse();
    timer.failed();
    assertThat(timer.at()).contains(clock.instant().plusSeconds(5));
  }

  @Test
  void aClockThatIsSetMakesNobodyWaitLongerOrLess() {
    MovableClock clock = new MovableClock();
    RetryTimer timer = new RetryTimer(ofFiveSeconds(), clock, clock);
    timer.failed();
    clock.set(Duration.ofDays(365));
    assertThat(timer.isWaiting()).isTrue();
    assertThat(timer.at()).contains(clock.instant().plusSeconds(5));
    clock.set(Duration.ofDays(-730));
    clock.advance(Duration.ofSeconds(5));
    assertThat(timer.isWaiting()).isFalse();
  }

  @Test
  void whoWaitsCanBeHastenedAndWhoDoesNotIsLeftAlone() {
    MovableClock clock = new MovableClock();
    RetryTimer timer = new RetryTimer(ofFiveSeconds(), clock, clock);
    timer.hasten(Duration.ofSeconds(2));
    assertThat(timer.at()).isEmpty();
    timer.failed();
    timer.hasten(Duration.ofSeconds(2));
    assertThat(timer.at()).contains(clock.instant().plusSeconds(2));
    timer.hasten(Duration.ofSeconds(4));
    assertThat(timer.at()).as("no later").contains(clock.instant().plusSeconds(2));
    timer.failed(Duration.ofSeconds(4));
    assertThat(timer.at()).contains(clock.instant().plusSeconds(4));
  }

  private static Backoff ofFiveSeconds() {
    return new Backoff(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(15), () -> 1.0);
  }

  private Duration longest(int failures) {
    return IntStream.range(0, 500)
        .mapToObj(i -> backoff.delay(failures))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
