package org.candor.source.kubernetes.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.source.SourceException;
import org.candor.source.kubernetes.api.KindName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DamperTest {

  private static final Duration CALM = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong();
  private final Told told = new Told();
  private final SpecCache cache =
      new SpecCache(
          new Selection(KindName.of("Cluster"), "", "ns", Optional.empty()), Clock.systemUTC());
  private Damper damper;

  @BeforeEach
  void open() {
    damper = new Damper(cache, told, CALM, nanos::get);
  }

  @AfterEach
  void close() {
    damper.close();
  }

  private static Spec spec(String name, LayerAnswer word) {
    return new Spec("ns", name, Map.of(Key.TELEMETRY, new Flag(word, word.label(), true)), "");
  }

  private void says(LayerAnswer word) throws SourceException {
    cache.changed(spec("a", word));
    damper.changed();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aDenialIsToldAtOnceAndWhatTakesItBackAfterAWhileWithoutOne() throws Exception {
    says(LayerAnswer.ALLOWS);
    assertThat(told.count()).isEqualTo(1);
    says(LayerAnswer.FORBIDS);
    assertThat(told.count()).isEqualTo(2);
    says(LayerAnswer.ALLOWS);
    passes(Duration.ofMillis(999));
    says(LayerAnswer.ALLOWS);
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
    passes(Duration.ofMillis(1));
    says(LayerAnswer.ALLOWS);
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(told.count()).isEqualTo(3);
  }

  @Test
  void whatChangesToAndFroStaysADenialAndIsToldSeldom() throws Exception {
    for (int i = 0; i < 4_000; i++) {
      says(i % 2 == 0 ? LayerAnswer.FORBIDS : LayerAnswer.ALLOWS);
      passes(Duration.ofNanos(2_500_000));
      assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
    }
    assertThat(told.count()).as("in ten seconds").isLessThanOrEqualTo(11);
  }

  @Test
  void whatIsSeenLastIsToldThoughNothingFollows() throws Exception {
    Damper own = new Damper(cache, told, Duration.ofMillis(20), System::nanoTime);
    for (int i = 0; i < 100; i++) {
      cache.changed(spec("a", i % 2 == 0 ? LayerAnswer.FORBIDS : LayerAnswer.ALLOWS));
      own.changed();
    }
    told.await(LayerAnswer.ALLOWS);
    own.close();
    int count = told.count();
    cache.changed(spec("a", LayerAnswer.FORBIDS));
    own.changed();
    assertThat(told.count()).isEqualTo(count);
  }

  @Test
  void aDenialOfAnotherPurposeIsToldAtOnceToo() throws Exception {
    cache.changed(
        new Spec(
            "ns", "a", Map.of(Key.VERSION_CHECK, new Flag(LayerAnswer.FORBIDS, "t", true)), ""));
    damper.changed();
    says(LayerAnswer.FORBIDS);
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(told.last().verdict(Purpose.VERSION_CHECK).answer()).isEqualTo(LayerAnswer.FORBIDS);
  }

  @Test
  void resourcesWithoutEndCostTheSameEachAndAreBounded() throws Exception {
    long first = cost(0, SpecCache.MOST / 4);
    for (int i = SpecCache.MOST / 4; i < SpecCache.MOST * 3 / 4; i++) {
      add(i);
    }
    long last = cost(SpecCache.MOST * 3 / 4, SpecCache.MOST);
    // The same number of events, at twenty times as many resources.
    assertThat(last).isLessThan(8 * first + Duration.ofMillis(100).toNanos());
    assertThat(told.count()).isLessThan(10);
    assertThatThrownBy(() -> add(SpecCache.MOST))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("more than 20000 Cluster; set specName");
    add(7);
    cache.listed(List.of(spec("a", LayerAnswer.ALLOWS)));
    passes(CALM);
    damper.changed();
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.ALLOWS);
  }

  private void add(int number) throws SourceException {
    cache.changed(spec("n" + number, LayerAnswer.SILENT));
    damper.changed();
  }

  private long cost(int from, int to) throws SourceException {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = from; i < to; i++) {
      add(i);
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
  }
}
