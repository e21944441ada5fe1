package org.candor.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.sink.Outcome;
import org.candor.control.Delivery;
import org.candor.control.History.DeliveryPoint;
import org.candor.control.History.HealthPoint;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {

  private static final Instant HOUR = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private StoreFixture store;
  private HistoryLog history;

  @BeforeEach
  void start() {
    store = new StoreFixture(directory);
    history = new HistoryLog(store.store(), workers, clock);
    clock.advance(Duration.ofSeconds(90));
  }

  @AfterEach
  void stop() {
    history.close();
    workers.close();
  }

  @Test
  void anHoursLastLookAtComponentsCounts() throws IOException {
    history.saw(
        clock.instant(),
        List.of(unit("a", 3, 1), unit("b", 2, 1)).stream().flatMap(List::stream).toList());
    history.saw(clock.instant(), unit("a", 4, 0));
    history.saw(clock.instant(), List.of(new Fact("other", "", new Value.Count(1))));
    clock.advance(Duration.ofHours(1));
    history.saw(clock.instant(), unit("a", 4, 2));
    assertThat(history.health())
        .containsExactly(
            new HealthPoint(HOUR, 4, 0), new HealthPoint(HOUR.plusSeconds(3600), 4, 2));
  }

  @Test
  void whatStepsBringIsAddedUpByTheHourAndOutlivesARestart() throws IOException {
    history.stepped("segment", List.of(attempt(Outcome.DELIVERED), attempt(Outcome.RETRY)), 5);
    history.stepped("segment", List.of(attempt(Outcome.DELIVERED)), 7);
    history.stepped("dns", List.of(), 0);
    assertThat(history.deliveries()).containsExactly(new DeliveryPoint(HOUR, "segment", 2, 1, 2));
    history.close();
    history = new HistoryLog(store.store(), workers, clock);
    history.stepped("segment", List.of(attempt(Outcome.DELIVERED)), 7);
    assertThat(history.deliveries()).containsExactly(new DeliveryPoint(HOUR, "segment", 3, 1, 2));
  }

  @Test
  void twoWeeksAreKept() throws IOException {
    history.saw(clock.instant(), unit("a", 1, 0));
    assertThat(history.health()).hasSize(1);
    clock.advance(Duration.ofDays(15));
    history.saw(clock.instant(), unit("a", 1, 0));
    assertThat(history.health())
        .extracting(HealthPoint::hour)
        .containsExactly(HOUR.plus(Duration.ofDays(15)));
  }

  @Test
  void aFileThatCannotBeReadBeginsAnew() throws IOException {
    history.saw(clock.instant(), unit("a", 1, 0));
    assertThat(history.health()).hasSize(1);
    history.close();
    Files.writeString(directory.resolve("history.mv"), "garbage");
    history = new HistoryLog(store.store(), workers, clock);
    assertThat(history.health()).isEmpty();
    history.saw(clock.instant(), unit("a", 1, 0));
    assertThat(history.health()).hasSize(1);
  }

  private Delivery attempt(Outcome outcome) {
    return new Delivery("id", clock.instant(), 10, outcome, "");
  }

  private static List<Fact> unit(String name, long total, long unhealthy) {
    return List.of(
        new Fact(FactNames.UNIT_TOTAL, name, new Value.Count(total)),
        new Fact(FactNames.UNIT_UNHEALTHY, name, new Value.Count(unhealthy)));
  }
}
