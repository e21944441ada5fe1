package org.candor.source.kubernetes.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void doublesUpToItsBoundAndBeginsAnewAfterALongGoodTime() {
    Backoff backoff = new Backoff(SHORT, LONG, () -> 1);
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      assertThat(backoff.after(SHORT)).hasSeconds(seconds);
    }
    assertThat(backoff.after(LONG.plusSeconds(1))).hasSeconds(2);
  }

  @Test
  void isNeverShorterThanTheLeast() {
    Backoff backoff = new Backoff(SHORT, LONG, () -> 0);
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.after(SHORT)).isEqualTo(SHORT);
    }
  }
}
