package org.candor.core.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.api.report.Gap;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.control.SourceState;
import org.candor.control.SourceStatus;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.settings.Etc;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CollectorTest {

  @TempDir Path directory;
  private final WorkerPool workers = new WorkerPool();
  private Collector collector;

  @BeforeEach
  void start() {
    collector =
        new Collector(
            workers,
            IdentityFixture.identity(new Etc(directory)),
            Clock.systemUTC(),
            Duration.ofMillis(300));
  }

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void sourcesRunSideBySide() throws IOException {
    CyclicBarrier both = new CyclicBarrier(2);
    HealthSource waitsForTheOther =
        deadline -> {
          both.await();
          return Observation.builder().unit("u", 1, 0).build();
        };
    bind("a", waitsForTheOther::observe);
    bind("b", waitsForTheOther::observe);
    Snapshot snapshot = collector.snapshot();
    assertThat(snapshot.gaps()).isEmpty();
    assertThat(snapshot.facts().stream().filter(fact -> fact.subject().equals("u"))).hasSize(4);
  }

  @Test
  void aSourceThatFailsCostsItsOwnFactsOnly() throws IOException {
    bind("good", deadline -> Observation.builder().unit("u", 1, 0).build());
    bind(
        "refused",
        deadline -> {
          throw new SourceException(FailureReason.REFUSED, "HTTP 500 from http://x");
        });
    bind(
        "wild",
        deadline -> {
          throw new StackOverflowError();
        });
    Snapshot snapshot = collector.snapshot();
    assertThat(snapshot.facts()).anyMatch(fact -> fact.subject().equals("u"));
    assertThat(snapshot.gaps())
        .containsExactly(
            new Gap("refused", FailureReason.REFUSED), new Gap("wild", FailureReason.FAILED));
    assertThat(collector.status())
        .extracting(SourceStatus::state)
        .containsExactly(SourceState.OK, SourceState.FAILING, SourceState.FAILING);
    assertThat(collector.status().get(1).error()).isEqualTo("refused: HTTP 500 from http://x");
  }

  @Test
  void aSourceThatHangsIsAbortedAndNotAskedAgainUntilItIsBack() throws IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch letGo = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    bind(
        "stubborn",
        deadline -> {
          deadline.onCancel(() -> cancelled.set(true));
          try {
            awaitIgnoringInterrupts(letGo);
            return Observation.builder().build();
          } finally {
            gone.countDown();
          }
        });
    assertThat(collector.snapshot().gaps())
        .containsExactly(new Gap("stubborn", FailureReason.TIMEOUT));
    assertThat(cancelled).isTrue();
    assertThat(collector.snapshot().gaps())
        .containsExactly(new Gap("stubborn", FailureReason.BUSY));
    letGo.countDown();
    awaitIgnoringInterrupts(gone);
    while (!collector.snapshot().gaps().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSourceThatIsNotConfiguredIsNoGap() throws IOException {
    bind("dcos", deadline -> Observation.unconfigured("Set diagnosticsUrl."));
    assertThat(collector.snapshot().gaps()).isEmpty();
    assertThat(collector.status().get(0).state()).isEqualTo(SourceState.UNCONFIGURED);
    assertThat(collector.status().get(0).error()).isEqualTo("Set diagnosticsUrl.");
  }

  @Test
  void aSourceThatIsRenamedWhileItRunsKeepsWhatWasSeenAndLosesItsOldName() throws IOException {
    AtomicBoolean fails = new AtomicBoolean();
    HealthSource source =
        deadline -> {
          if (fails.get()) {
            throw new SourceException(FailureReason.REFUSED, "HTTP 500 from http://x");
          }
          return Observation.builder().unit("u", 1, 0).build();
        };
    bind("old", source);
    collector.snapshot();
    collector.updatedSource(source, Map.of(SourceName.PROPERTY, "new"));
    assertThat(collector.status())
        .extracting(SourceStatus::name, SourceStatus::state, SourceStatus::facts)
        .containsExactly(tuple("new", SourceState.OK, 2L));
    fails.set(true);
    assertThat(collector.snapshot().gaps()).containsExactly(new Gap("new", FailureReason.REFUSED));
    assertThat(collector.status()).extracting(SourceStatus::name).containsExactly("new");
  }

  @Test
  void whoAsksWhileASourceRunsSharesItsObservation() throws Exception {
    collector =
        new Collector(
            workers,
            IdentityFixture.identity(new Etc(directory)),
            Clock.systemUTC(),
            Duration.ofSeconds(20));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    bind(
        "slow",
        deadline -> {
          runs.incrementAndGet();
          running.countDown();
          awaitIgnoringInterrupts(letGo);
          return Observation.builder().unit("u", 1, 0).build();
        });
    Future<Snapshot> first = workers.submit(collector::snapshot);
    running.await();
    Future<Snapshot> second = workers.submit(collector::snapshot);
    assertThat(collector.status()).hasSize(1);
    letGoSoon(letGo);
    assertThat(first.get().gaps()).isEmpty();
    assertThat(second.get().gaps()).isEmpty();
    assertThat(second.get().facts()).anyMatch(fact -> fact.subject().equals("u"));
    assertThat(runs.get()).isBetween(1, 2);
  }

  @Test
  void aSourceThatGivesNothingCostsItsOwnFactsOnly() throws IOException {
    bind("mute", deadline -> null);
    assertThat(collector.snapshot().gaps()).containsExactly(new Gap("mute", FailureReason.FAILED));
  }

  @Test
  void aSourceThatGoesWhileItRunsIsNoFailureOfIts() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    HealthSource source =
        deadline -> {
          running.countDown();
          Thread.sleep(20_000);
          return Observation.builder().build();
        };
    collector =
        new Collector(
            workers,
            IdentityFixture.identity(new Etc(directory)),
            Clock.systemUTC(),
            Duration.ofSeconds(20));
    bind("brief", source);
    Future<Snapshot> snapshot = workers.submit(collector::snapshot);
    running.await();
    collector.unbindSource(source);
    assertThat(snapshot.get().gaps()).containsExactly(new Gap("brief", FailureReason.FAILED));
  }

  /** Once both wait: a waiting thread is the only sign of that. */
  private static void letGoSoon(CountDownLatch letGo) {
    while (Thread.getAllStackTraces().values().stream()
            .filter(
                stack ->
                    java.util.Arrays.stream(stack)
                        .anyMatch(frame -> frame.getMethodName().equals("snapshot")))
            .count()
        < 2) {
      Thread.onSpinWait();
    }
    letGo.countDown();
  }

  private void bind(String name, HealthSource source) {
    collector.bindSource(source, Map.of(SourceName.PROPERTY, name));
  }

  private static void awaitIgnoringInterrupts(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // A stubborn source does not care.
      }
    }
  }
}
