package org.candor.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {

  private final Queue<Runnable> handed = new ArrayDeque<>();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void askingTwiceBeforeItRunsIsAskingOnce() {
    SerialTask task = new SerialTask(handed::add, runs::incrementAndGet);
    task.ask();
    task.ask();
    runAll();
    assertThat(runs).hasValue(1);
    task.ask();
    runAll();
    assertThat(runs).hasValue(2);
  }

  @Test
  void askingWhileItRunsHasItRunOnceMore() {
    SerialTask[] task = new SerialTask[1];
    task[0] =
        new SerialTask(
            handed::add,
            () -> {
              if (runs.incrementAndGet() == 1) {
                task[0].ask();
                task[0].ask();
                assertThat(handed).as("not beside itself").isEmpty();
              }
            });
    task[0].ask();
    runAll();
    assertThat(runs).hasValue(2);
  }

  @Test
  void aRunThatFailsDoesNotEndIt() {
    SerialTask task =
        new SerialTask(
            handed::add,
            () -> {
              runs.incrementAndGet();
              throw new AssertionError("on purpose");
            });
    task.ask();
    runAll();
    task.ask();
    runAll();
    assertThat(runs).hasValue(2);
  }

  @Test
  void whoeverAsksLastIsServed() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicInteger wanted = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger beside = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    SerialTask task =
        new SerialTask(
            threads,
            () -> {
              assertThat(beside.incrementAndGet()).isEqualTo(1);
              seen.set(wanted.get());
              beside.decrementAndGet();
              if (seen.get() == 20_000) {
                done.countDown();
              }
            });
    for (int i = 0; i < 20_000; i++) {
      wanted.incrementAndGet();
      task.ask();
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private void runAll() {
    for (Runnable run = handed.poll(); run != null; run = handed.poll()) {
      try {
        run.run();
      } catch (AssertionError e) {
        assertThat(e).hasMessage("on purpose");
      }
    }
  }
}
