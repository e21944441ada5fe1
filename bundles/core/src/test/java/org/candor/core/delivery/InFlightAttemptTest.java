package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.candor.api.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InFlightAttemptTest {

  private final Deadline deadline = Deadline.after(Duration.ofMinutes(1), Clock.systemUTC());
  private final InFlightAttempt flight = new InFlightAttempt(deadline);

  @Test
  void whoWaitsForTheLandingWaitsNoLonger() {
    flight.end();
    flight.awaitEnd(Duration.ofMinutes(10));
    assertThat(flight.deadline()).isSameAs(deadline);
  }

  @Test
  void whoIsInterruptedStaysInterrupted() {
    Thread.currentThread().interrupt();
    flight.awaitEnd(Duration.ofMinutes(10));
    assertThat(Thread.interrupted()).isTrue();
  }
}
