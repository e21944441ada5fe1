package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.QueuedMessage;
import org.junit.jupiter.api.Test;

/** What an endpoint or a sink cannot take goes aside, and nothing else with it. */
class RefusalTest extends RunningChannel {

  @Test
  void whatIsRefusedIsRefusedOnceAndStaysInTheJournal() {
    graceIsOver();
    sink.answers.add(Receipt.refused("400: no such key"));
    ChannelProgress progress = step(SETTINGS, true);
    assertThat(progress.queued()).isZero();
    assertThat(progress.memory().lost()).containsEntry("refused", 1L);
    assertThat(progress.memory().lastAnswer()).isEqualTo("400: no such key");
    assertThat(journal.entries(9).get(0).outcome()).isEqualTo(Outcome.REFUSED);
    clock.advance(Duration.ofMinutes(10));
    step(SETTINGS, false);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void oneBadMessageDoesNotTakeTheOthersOfItsBatchWithIt() throws IOException {
    graceIsOver();
    step(SETTINGS, false);
    sink.limit = new BatchLimit(10, 10_000);
    outbox.accept("c", messages("good", "bad", "fine"), memory -> memory);
    sink.refuseIfHolds = "bad";
    step(SETTINGS, false);
    assertThat(sink.delivered).containsExactly("body of good", "body of fine");
    assertThat(outbox.memory("c").lost()).containsEntry("refused", 1L);
  }

  @Test
  void aKillAfterABatchWasRefusedStillTriesEachOfItAlone() throws IOException {
    graceIsOver();
    outbox.accept("c", messages("one", "two"), memory -> memory);
    List<QueuedMessage> batch = outbox.all("c");
    JournalRecord refused =
        new JournalRecord(
            "p",
            clock.instant(),
            "c",
            Purpose.USAGE,
            "default",
            1,
            "",
            "",
            Outcome.REFUSED,
            "400: no",
            List.of("one", "two"));
    outbox.begin(new Attempt(refused, batch.stream().map(QueuedMessage::number).toList()));
    journal.append(refused, Optional.empty());
    stopStores();
    restart();
    sink.limit = new BatchLimit(10, 10_000);
    sink.refuseIfHolds = "two";
    step(SETTINGS, false);
    assertThat(sink.delivered).containsExactly("body of one");
    assertThat(outbox.memory("c").lost()).containsEntry("refused", 1L);
  }

  @Test
  void aMessageThatNoPayloadCanBeMadeOfStopsNoOther() throws IOException {
    graceIsOver();
    sink.limit = new BatchLimit(10, 10_000);
    sink.stumblesOver = "bad";
    outbox.accept("c", messages("good", "bad", "fine"), memory -> memory);
    assertThat(step(SETTINGS, false).problem()).isEmpty();
    assertThat(sink.delivered).containsExactly("body of good", "body of fine");
    assertThat(outbox.memory("c").lost()).containsEntry("unencodable", 1L);
  }

  @Test
  void aSinkThatMakesNoPayloadAtAllLosesNothing() throws IOException {
    graceIsOver();
    sink.stumblesOver = "body";
    outbox.accept("c", messages("one", "two"), memory -> memory);
    ChannelProgress progress = step(SETTINGS, false);
    assertThat(progress.problem()).hasValueSatisfying(t -> assertThat(t.advice()).contains("told"));
    assertThat(outbox.count("c")).isEqualTo(2);
    sink.stumblesOver = "\n";
    clock.advance(Duration.ofMinutes(20));
    assertThat(step(SETTINGS, false).problem()).isEmpty();
    assertThat(outbox.count("c")).isZero();
  }
}
