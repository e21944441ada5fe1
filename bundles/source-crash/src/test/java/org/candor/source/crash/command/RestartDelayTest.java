package org.candor.source.crash.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestartDelayTest {

  private static final Duration FIRST = Duration.ofSeconds(1);

  private final RestartDelay delay = new RestartDelay(new Random(1));

  @Test
  void doublesUpToFiveMinutesLessAQuarterAtMost() {
    Duration most = FIRST;
    for (int i = 0; i < 20; i++) {
      assertThat(delay.after(Duration.ZERO, FIRST))
          .isBetween(most.multipliedBy(3).dividedBy(4), most);
      Duration twice = most.multipliedBy(2);
      most = twice.compareTo(Duration.ofMinutes(5)) < 0 ? twice : Duration.ofMinutes(5);
    }
    assertThat(most).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aRunOfAMinuteBeginsAnew() {
    delay.after(Duration.ZERO, FIRST);
    delay.after(Duration.ZERO, FIRST);
    assertThat(delay.after(Duration.ofMinutes(1), FIRST)).isLessThanOrEqualTo(FIRST);
    assertThat(delay.after(Duration.ZERO, FIRST)).isGreaterThan(FIRST);
  }
}
