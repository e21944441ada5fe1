package org.candor.api.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofMinutes(1);

  @Test
  void theBoundDoublesUpToTheMost() {
    Backoff backoff = new Backoff(LEAST, FIRST, MOST, () -> 1);
    assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 7, Integer.MAX_VALUE).mapToObj(backoff::delay))
        .extracting(Duration::toSeconds)
        .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void noWaitIsShorterThanTheLeast() {
    Backoff backoff = new Backoff(LEAST, FIRST, MOST, () -> 0);
    assertThat(IntStream.rangeClosed(1, 10).mapToObj(backoff::delay)).containsOnly(LEAST);
  }

  @Test
  void theJitterIsFull() {
    Backoff backoff = new Backoff(Duration.ZERO, FIRST, MOST, new Random(1)::nextDouble);
    assertThat(IntStream.range(0, 500).mapToObj(i -> backoff.delay(3)))
        .allMatch(delay -> delay.compareTo(Duration.ofSeconds(8)) <= 0)
        .anyMatch(delay -> delay.compareTo(Duration.ofMillis(500)) < 0)
        .anyMatch(delay -> delay.compareTo(Duration.ofMillis(7500)) > 0);
  }

  @Test
  void aSuccessBeginsAnew() {
    FailureCount count = new FailureCount(new Backoff(LEAST, FIRST, MOST, () -> 1));
    assertThat(count.failed()).hasSeconds(2);
    assertThat(count.failed()).hasSeconds(4);
    count.succeeded();
    assertThat(count.failed()).hasSeconds(2);
  }

  @Test
  void boundsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new Backoff(FIRST, LEAST, MOST, () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(LEAST, MOST, FIRST, () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
