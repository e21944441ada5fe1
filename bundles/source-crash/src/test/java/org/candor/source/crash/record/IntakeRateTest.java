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
    assertThat(rate.take(100)).isTrue();
    nanos += Duration.ofSeconds(59).toNanos();
    assertThat(rate.take(100)).isTrue();
    assertThat(rate.take(100)).isFalse();
    assertThat(rate.rest()).isEqualTo(Duration.ofSeconds(1));
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(rate.take(100)).isTrue();
    assertThat(rate.take(100)).isTrue();
    assertThat(rate.take(100)).isFalse();
    assertThat(rate.rest()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aLargeOneCountsForSeveral() {
    IntakeRate wide = new IntakeRate(20, () -> nanos);
    assertThat(wide.take(1 << 20)).isTrue();
    assertThat(wide.take(100)).isTrue();
    assertThat(wide.take(100)).isTrue();
    assertThat(wide.take(1 << 20)).isTrue();
    assertThat(wide.take(1)).isFalse();
    assertThat(new IntakeRate(1, () -> nanos).take(Long.MAX_VALUE)).isTrue();
  }
}
