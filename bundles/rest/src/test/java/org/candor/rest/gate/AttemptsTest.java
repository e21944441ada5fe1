package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private Instant now = Instant.EPOCH;

  private final Attempts attempts =
      new Attempts(
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
  void theOldestAttemptSaysHowLongToWait() {
    assertThat(attempts.take("a")).isEmpty();
    now = now.plusSeconds(20);
    assertThat(attempts.take("a")).isEmpty();
    assertThat(attempts.take("a")).contains(Duration.ofSeconds(40));
    assertThat(attempts.take("b")).isEmpty();
    now = now.plusSeconds(40);
    assertThat(attempts.take("a")).isEmpty();
    assertThat(attempts.take("a")).contains(Duration.ofSeconds(20));
  }

  @Test
  void whatIsGivenBackDoesNotCount() {
    attempts.take("a");
    attempts.giveBack("a");
    attempts.giveBack("a");
    assertThat(attempts.take("a")).isEmpty();
    assertThat(attempts.take("a")).isEmpty();
    assertThat(attempts.take("a")).isPresent();
  }

  @Test
  void theOneThatWasNotHeardOfForLongestIsForgotten() {
    for (String key : new String[] {"a", "a", "b", "c", "a"}) {
      attempts.take(key);
    }
    attempts.take("d");
    assertThat(attempts.take("a")).as("heard of after b").isPresent();
  }
}
