package org.candor.rest.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventRateLimiterTest {

  private long now;
  private final EventRateLimiter allowance =
      new EventRateLimiter(2, Duration.ofMinutes(1), () -> now);

  @Test
  void aMinutesWorthMayComeAtOnceAndADebtIsPaidByWaiting() {
    assertThat(allowance.wait("a", 60)).isZero();
    allowance.spend("a", 60, 59);
    assertThat(allowance.wait("a", 60)).isZero();
    allowance.spend("a", 60, 31);
    assertThat(allowance.wait("a", 60)).isEqualTo(Duration.ofSeconds(31));
    now += Duration.ofSeconds(30).toNanos();
    assertThat(allowance.wait("a", 60)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(allowance.wait("a", 60)).isZero();
    now += Duration.ofHours(1).toNanos();
    allowance.spend("a", 60, 60);
    assertThat(allowance.wait("a", 60)).as("an hour brings no more").isPositive();
    assertThat(allowance.wait("b", 60)).isZero();
  }

  @Test
  void theClientNotHeardOfForLongestIsForgotten() {
    allowance.spend("a", 1, 9);
    allowance.spend("b", 1, 9);
    assertThat(allowance.wait("a", 1)).isPositive();
    allowance.spend("c", 1, 9);
    assertThat(allowance.wait("a", 1)).isPositive();
    assertThat(allowance.wait("b", 1)).isZero();
  }
}
