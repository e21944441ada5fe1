package org.candor.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.candor.api.control.Topic;
import org.candor.core.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

  private final Workers workers = new Workers();
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
}
