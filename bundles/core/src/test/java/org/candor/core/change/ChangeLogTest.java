package org.candor.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.candor.api.source.Observation;
import org.candor.control.Topic;
import org.candor.core.StoreFixture;
import org.candor.core.collect.Collector;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.mistake.MistakesFixture;
import org.candor.core.settings.Etc;
import org.candor.core.store.Store;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLogTest {

  @TempDir Path directory;
  private final WorkerPool workers = new WorkerPool();
  private final ChangeLog changes = new ChangeLog(workers);
  private final BlockingQueue<Set<Topic>> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    changes.close();
    workers.close();
  }

  @Test
  void whatChangesInAHurryIsToldTogether() throws Exception {
    changes.onChange(
        topics -> {
          throw new IllegalStateException("planted");
        });
    Runnable stop = changes.onChange(told::add);
    long begin = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      changes.changed(EnumSet.of(Topic.STATUS));
      changes.changed(EnumSet.of(Topic.CRASHES));
    }
    assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(Topic.STATUS, Topic.CRASHES);
    changes.changed(EnumSet.of(Topic.UPGRADE));
    assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(Topic.UPGRADE);
    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
    stop.run();
    assertThat(told).isEmpty();
  }

  @Test
  void aRunOfTheSourcesIsToldUntilTheEnd() throws Exception {
    Etc etc = new Etc(directory);
    Collector collector =
        new Collector(
            workers, IdentityFixture.identity(etc), Clock.systemUTC(), Duration.ofSeconds(5));
    collector.bindSource(deadline -> Observation.builder().unit("u", 1, 0).build(), Map.of());
    ChangeLog listening = listening(etc, collector);
    listening.onChange(told::add);
    collector.snapshot();
    assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(Topic.STATUS);
    listening.close();
    collector.snapshot();
    listening.changed(EnumSet.of(Topic.UPGRADE));
    assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(Topic.UPGRADE);
  }

  private ChangeLog listening(Etc etc, Collector collector) {
    Store store = new StoreFixture(directory).store();
    var consent = ConsentFixture.consent(ConsentFixture.layer(etc), etc);
    return new ChangeLog(
        workers,
        consent,
        new CrashLog(store, consent, workers, IdentityFixture.machine(), Clock.systemUTC()),
        new HistoryLog(store, workers, Clock.systemUTC()),
        collector,
        MistakesFixture.none(workers));
  }
}
