package org.candor.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private static final Duration MOST = Duration.ofMillis(400);
  private static final Duration CROWDED = Duration.ofMillis(20);

  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicBoolean crowded = new AtomicBoolean(true);
  private final Watchdog watchdog =
      new Watchdog("test", new Watchdog.Limits(MOST, CROWDED), crowded::get);

  @AfterEach
  void close() {
    watchdog.close();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whoWaitsTooLongIsInterruptedAndToldSo() {
    watchdog.begin();
    assertThatThrownBy(() -> never.await(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(watchdog::end).isInstanceOf(IOException.class);
  }

  @Test
  void whileNobodyElseWaitsItMayTakeLonger() {
    crowded.set(false);
    long begin = System.nanoTime();
    watchdog.begin();
    assertThatThrownBy(() -> never.await(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(MOST);
    assertThatThrownBy(watchdog::end).isInstanceOf(IOException.class);
  }

  @Test
  void nobodyIsInterruptedAfterTheEndThoughTheWaitBeganTwice() throws Exception {
    watchdog.begin();
    watchdog.begin();
    watchdog.end();
    assertThat(never.await(10 * CROWDED.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }
}
