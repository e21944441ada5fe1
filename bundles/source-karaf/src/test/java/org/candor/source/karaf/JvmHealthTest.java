package org.candor.source.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JvmHealthTest {

  @Test
  void aHeapThatStaysFullIsUnhealthy() {
    assertThat(new JvmHealth(false, Optional.of(used(95))).healthy()).isTrue();
    assertThat(new JvmHealth(false, Optional.of(used(96))).healthy()).isFalse();
    assertThat(new JvmHealth(false, Optional.empty()).healthy()).isTrue();
  }

  @Test
  void aDeadlockIsUnhealthy() throws InterruptedException {
    assertThat(JvmHealth.now().healthy()).isTrue();
    Lock one = new ReentrantLock();
    Lock other = new ReentrantLock();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Thread first = new Thread(() -> lockBoth(one, other, bothHoldOne));
    Thread second = new Thread(() -> lockBoth(other, one, bothHoldOne));
    first.start();
    second.start();
    try {
      while (!JvmHealth.now().deadlock()) {
        Thread.onSpinWait();
      }
      assertThat(JvmHealth.now().healthy()).isFalse();
    } finally {
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
    assertThat(JvmHealth.now().healthy()).isTrue();
  }

  private static void lockBoth(Lock mine, Lock others, CyclicBarrier bothHoldOne) {
    mine.lock();
    try {
      bothHoldOne.await(10, TimeUnit.SECONDS);
      others.lockInterruptibly();
      others.unlock();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      mine.unlock();
    }
  }

  private static MemoryUsage used(long used) {
    return new MemoryUsage(0, used, 100, 100);
  }
}
