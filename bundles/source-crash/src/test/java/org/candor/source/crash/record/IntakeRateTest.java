package org.candor.source.crash.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeRateTest {

  private long nanos = Long.MAX_VALUE - 5;
  private final IntakeRate rate = new IntakeRate(2, () -> nanos);

  @Test
  void soManyAreTakenInAMinuteThatBeginsWithTheFirst() {
    nanos += Duration.ofMinutes(10).toNanos();
    assertThat(rate.take()).isTrue();
    nanos += Duration.ofSeconds(59).toNanos();
    assertThat(rate.take()).isTrue();
    assertThat(rate.take()).isFalse();
    assertThat(rate.rest()).isEqualTo(Duration.ofSeconds(1));
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(rate.take()).isTrue();
    assertThat(rate.take()).isTrue();
    assertThat(rate.take()).isFalse();
    assertThat(rate.rest()).isEqualTo(Duration.ofMinutes(1));
  }
}
