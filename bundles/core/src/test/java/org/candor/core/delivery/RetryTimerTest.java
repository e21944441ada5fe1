package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.candor.api.retry.Backoff;
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

  private Duration longest(int failures) {
    return IntStream.range(0, 500)
        .mapToObj(i -> backoff.delay(failures))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
