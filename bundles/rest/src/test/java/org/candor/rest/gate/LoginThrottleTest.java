package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private Instant now = Instant.EPOCH;

  private final LoginThrottle attempts =
      new LoginThrottle(
          2,
          Duration.ofMinutes(1),
          3,
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void theOldestFailureSaysHowLongToWait() {
    assertThat(attempts.failed("a")).isEmpty();
    now = now.plusSeconds(20);
    assertThat(attempts.failed("a")).isEmpty();
    assertThat(attempts.pause("a")).contains(Duration.ofSeconds(40));
    assertThat(attempts.pause("b")).isEmpty();
    now = now.plusSeconds(40);
    assertThat(attempts.pause("a")).isEmpty();
    assertThat(attempts.failed("a")).isEmpty();
    assertThat(attempts.pause("a")).contains(Duration.ofSeconds(20));
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForLonger() {
    attempts.failed("a");
    attempts.failed("a");
    now = now.minus(Duration.ofHours(1));
    assertThat(attempts.pause("a")).contains(Duration.ofMinutes(1));
    now = now.plus(Duration.ofMinutes(1));
    assertThat(attempts.pause("a")).isEmpty();
  }

  @Test
  void aFailureThatComesTooLateIsNotCounted() {
    attempts.failed("a");
    attempts.failed("a");
    now = now.plusSeconds(50);
    assertThat(attempts.failed("a")).contains(Duration.ofSeconds(10));
    now = now.plusSeconds(10);
    assertThat(attempts.pause("a")).isEmpty();
  }

  @Test
  void theOneThatWasNotHeardOfForLongestIsForgotten() {
    for (String key : new String[] {"a", "a", "b", "c", "a"}) {
      attempts.failed(key);
    }
    attempts.failed("d");
    assertThat(attempts.pause("a")).as("heard of after b").isPresent();
  }
}
