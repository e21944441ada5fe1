package org.candor.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {

  private WorkerPool workers = new WorkerPool();

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void threadsInheritNothingFromWhoeverMadeThem() throws Exception {
    InheritableThreadLocal<String> session = new InheritableThreadLocal<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader foreign = new URLClassLoader(new URL[0], before)) {
      session.set("secret");
      Thread.currentThread().setContextClassLoader(foreign);
      workers.close();
      workers = new WorkerPool();
      CompletableFuture<String> alarm = new CompletableFuture<>();
      workers.after(Duration.ZERO, () -> alarm.complete(String.valueOf(session.get())));
      assertThat(alarm.get()).isEqualTo("null");
      assertThat(workers.submit(() -> String.valueOf(session.get())).get()).isEqualTo("null");
      assertThat(workers.submit(() -> Thread.currentThread().getContextClassLoader()).get())
          .isSameAs(WorkerPool.class.getClassLoader());
    } finally {
      session.remove();
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void allThreadsEndSoonAlsoWhereOneHangs() throws Exception {
    CompletableFuture<Thread> hanging = new CompletableFuture<>();
    workers.execute(
        () -> {
          hanging.complete(Thread.currentThread());
          sleep();
        });
    Thread thread = hanging.get();
    assertThat(thread.getName()).startsWith("candor-work-");
    long begin = System.nanoTime();
    workers.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    thread.join();
  }

  @Test
  void afterTheEndNothingRunsAndNobodyWaits() {
    workers.close();
    Future<String> late = workers.submit(() -> "late");
    assertThatThrownBy(late::get).isInstanceOf(CancellationException.class);
    workers.after(Duration.ZERO, () -> {}).cancel();
  }

  @Test
  void anAlarmThatIsCancelledStaysSilent() throws Exception {
    CountDownLatch rang = new CountDownLatch(1);
    workers.after(Duration.ofMillis(20), rang::countDown).cancel();
    CountDownLatch later = new CountDownLatch(1);
    workers.after(Duration.ofMillis(60), later::countDown);
    later.await();
    assertThat(rang.getCount()).isEqualTo(1);
  }

  private static void sleep() {
    try {
      TimeUnit.SECONDS.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
