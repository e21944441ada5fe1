package org.candor.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.candor.core.store.StorePart;
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
  void aWrongCharacterTakesNothingElseWithItAndStopsNothing() throws IOException {
    history.stepped("segment", List.of(attempt(Outcome.DELIVERED)), 0);
    history.stepped("dns", List.of(attempt(Outcome.RETRY)), 0);
    assertThat(history.deliveries()).hasSize(2);
    history.close();
    Path file = directory.resolve(HistoryLog.FILE);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("segment1 0 0");
    Files.writeString(
        file, text.replace("segment1 0 0", "segment1 x 0"), StandardCharsets.ISO_8859_1);
    history = new HistoryLog(store.store(), workers, clock);
    assertThat(history.deliveries()).containsExactly(new DeliveryPoint(HOUR, "dns", 0, 1, 0));
    history.stepped("segment", List.of(attempt(Outcome.DELIVERED)), 0);
    assertThat(history.deliveries()).hasSize(2);
  }

  @Test
  void inASmallStoreLessIsKept() throws IOException {
    store.maxBytes("1m");
    for (int hour = 0; hour < 300; hour++) {
      history.saw(clock.instant(), unit("a", 1, 0));
      assertThat(history.health()).last().extracting(HealthPoint::total).isEqualTo(1L);
      clock.advance(Duration.ofHours(1));
    }
    assertThat(history.health()).hasSizeBetween(20, 60);
    assertThat(Files.size(directory.resolve(HistoryLog.FILE)))
        .isLessThanOrEqualTo(store.store().settings().budget().bytesFor(StorePart.HISTORY));
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
