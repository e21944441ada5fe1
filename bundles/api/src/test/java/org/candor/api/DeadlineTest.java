package org.candor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final Deadline deadline = Deadline.after(Duration.ofSeconds(5), clock);
  private final List<String> ran = new ArrayList<>();

  @Test
  void nothingRemainsOnceCancelled() {
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(5));
    deadline.cancel();
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void whatIsRegisteredRunsOnce() {
    deadline.onCancel(() -> ran.add("a"));
    deadline.onCancel(() -> ran.add("b")).close();
    deadline.cancel();
    deadline.cancel();
    assertThat(ran).containsExactly("a");
  }

  @Test
  void aLateRegistrationRunsAtOnce() {
    deadline.cancel();
    deadline.onCancel(() -> ran.add("late"));
    assertThat(ran).containsExactly("late");
  }
}
