package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.candor.core.MovableClock;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTimerTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private final Semaphore ended = new Semaphore(0);
  private final LoopTimer timer = new LoopTimer(workers, clock, ended::release);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void theActionRunsOnceAtTheTimeThatWasSetLast() throws InterruptedException {
    timer.set(Optional.of(clock.instant().plus(SHORT)));
    timer.set(Optional.of(clock.instant()));
    assertThat(ended.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.tryAcquire(SHORT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS))
        .as("at the time of before")
        .isFalse();
  }

  @Test
  void withoutALoopNothingRuns() throws InterruptedException {
    timer.set(Optional.of(clock.instant().plus(SHORT)));
    timer.set(Optional.empty());
    assertThat(ended.tryAcquire(SHORT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void whatIsCancelledDoesNotRun() throws InterruptedException {
    timer.set(Optional.of(clock.instant().plus(SHORT)));
    timer.cancel();
    assertThat(ended.tryAcquire(SHORT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }
}
