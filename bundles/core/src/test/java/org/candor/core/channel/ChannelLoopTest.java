package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.candor.api.fact.FactNames;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.control.Delivery;
import org.candor.control.JournalEntry;
import org.candor.core.plugin.ChannelSettings;
import org.junit.jupiter.api.Test;

/** The way of a report from the sources to the journal, with a sink that answers as it is told. */
class ChannelLoopTest extends RunningChannel {

  @Test
  void aReportThatIsDueGoesOutAndIntoTheJournal() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    step(hourly, false);
    sink.got.clear();
    clock.advance(Duration.ofHours(1));
    ChannelProgress progress = step(hourly, false);
    assertThat(progress.deliveries()).extracting(Delivery::outcome).containsExactly(delivered());
    assertThat(progress.queued()).isZero();
    assertThat(progress.memory().lastDelivery()).contains(clock.instant());
    JournalEntry entry = journal.entries(1).get(0);
    assertThat(entry.id()).isEqualTo(sink.got.get(0).id());
    assertThat(entry.digest()).isEqualTo(sink.got.get(0).body().sha256());
    assertThat(entry.endpoint()).isEqualTo("told:/sink");
    assertThat(journal.payload(entry.id())).contains(sink.got.get(0).body());
  }

  @Test
  void aPreviewWithoutFormatterOrSinkSaysLikeTheStatusWhatToInstall() throws IOException {
    plugins.unbindFormatter(formatter);
    assertThat(channel().preview().note())
        .isEqualTo("No formatter is called plain; there are: none.");
    plugins.unbindSink(sink);
    String why = channel().preview().note();
    assertThat(why)
        .isEqualTo(
            "No formatter is called plain; there are: none. No sink is called told; there are:"
                + " none.");
    assertThat(channel().status().advice()).startsWith(why);
  }

  @Test
  void theFormatterSeesOnlyWhatItsCatalogueNames() {
    graceIsOver();
    step(SETTINGS, true);
    assertThat(formatter.seen).containsExactly(FactNames.UNIT_TOTAL);
  }

  @Test
  void whatAnUpgradeAddsIsNotHandedOverBeforeItsGraceIsOver() {
    graceIsOver();
    formatter.later = Optional.of(Set.of(FactNames.UNIT_UNHEALTHY));
    step(SETTINGS, true);
    assertThat(formatter.seen).containsExactly(FactNames.UNIT_TOTAL);
    assertThat(sink.got).hasSize(1);
    clock.advance(Duration.ofMinutes(11));
    step(SETTINGS, true);
    assertThat(formatter.seen).contains(FactNames.UNIT_TOTAL, FactNames.UNIT_UNHEALTHY);
  }

  @Test
  void aNewFieldThatCannotBeLeftOutKeepsTheChannelWaitingAndLosesNothing() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    formatter.later = Optional.of(Set.of());
    ChannelProgress waiting = step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
    assertThat(waiting.queued()).isEqualTo(1);
    assertThat(waiting.next())
        .hasValueSatisfying(
            next ->
                assertThat(next)
                    .isBetween(clock.instant().plusSeconds(598), clock.instant().plusSeconds(600)));
    clock.advance(Duration.ofMinutes(11));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void nothingLeavesBeforeTheGraceIsOver() {
    ChannelProgress progress = step(SETTINGS, true);
    assertThat(sink.got).isEmpty();
    assertThat(progress.next()).contains(clock.instant().plus(Duration.ofMinutes(10)));
  }

  @Test
  void aKillBetweenTheSendAndTheJournalIsSeenAndTheIdKept() {
    graceIsOver();
    sink.during =
        deadline -> {
          throw new KilledError();
        };
    assertThatThrownBy(() -> step(SETTINGS, true)).isInstanceOf(KilledError.class);
    sink.during = deadline -> {};
    stopStores();
    restart();
    step(SETTINGS, false);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.INTERRUPTED, Outcome.DELIVERED);
    assertThat(sink.got).extracting(Payload::id).hasSize(2).containsOnly(sink.got.get(0).id());
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void aDiskThatTakesNothingStopsTheChannelAndLosesNothing() throws IOException {
    graceIsOver();
    step(SETTINGS, false);
    store.lose();
    ChannelProgress stuck = step(SETTINGS, true);
    assertThat(stuck.problem()).isPresent();
    assertThat(sink.got).isEmpty();
    store.directory(directory.resolve("var"));
    clock.advance(Duration.ofSeconds(6));
    assertThat(step(SETTINGS, true).problem()).isEmpty();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aFormatterThatFailsIsNotAskedAtEveryTurn() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    clock.advance(Duration.ofHours(3));
    formatter.fails = true;
    step(hourly, false);
    clock.advance(Duration.ofHours(1));
    ChannelProgress stuck = step(hourly, false);
    int asked = formatter.asked;
    assertThat(stuck.next()).hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant()));
    assertThat(step(hourly, false).problem()).isEqualTo(stuck.problem()).isPresent();
    assertThat(formatter.asked).isEqualTo(asked);
    formatter.fails = false;
    clock.advance(Duration.ofSeconds(10));
    assertThat(step(hourly, false).problem()).isEmpty();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void whatWaitsIsKnownAlsoWhileTheChannelIsNotConfigured() throws IOException {
    assertThat(ChannelProgress.none(clock.instant()).known()).isFalse();
    outbox.accept("c", messages("a", "b"), memory -> memory);
    ChannelProgress idle = runner.idle();
    assertThat(idle.known()).isTrue();
    assertThat(idle.queued()).isEqualTo(2);
    outbox.close();
    assertThat(runner.idle().known()).isFalse();
  }

  @Test
  void aClockThatWasSetBackStopsNothing() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofDays(9999)));
    step(hourly, true);
    clock.advance(Duration.ofDays(-365));
    graceIsOver();
    step(hourly, false);
    assertThat(sink.delivered).as("the pause is the longest there is").isEmpty();
    clock.advance(Duration.ofDays(1));
    step(hourly, false);
    assertThat(sink.delivered).startsWith("report 1", "report 2");
  }
}
