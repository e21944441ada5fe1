package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.control.Answers;
import org.candor.control.JournalEntry;
import org.candor.core.consent.ConsentFixture;
import org.junit.jupiter.api.Test;

/** What becomes of the queue and of what is in flight when something says stop. */
class StoppingTest extends RunningChannel {

  @Test
  void aNoErasesWhatIsQueuedAndTheJournalSaysSo() throws IOException {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    ChannelProgress off = step(SETTINGS, true);
    assertThat(off.queued()).isZero();
    assertThat(off.memory().lost()).containsEntry("withdrawn", 1L);
    assertThat(journal.entries(1).get(0).outcome()).isEqualTo(Outcome.WITHDRAWN);
    assertThat(sink.got).hasSize(1);
    assertThat(off.next()).isEmpty();
  }

  @Test
  void aNoInTheMiddleAbortsTheAttempt() throws IOException {
    graceIsOver();
    sink.during =
        deadline -> {
          answer(false);
          assertThat(deadline.isCancelled()).isTrue();
        };
    Channel channel = channel();
    Runnable stop = consent.onChange(channel::changed);
    sink.answers.add(Receipt.retry("aborted"));
    join(channel.send());
    stop.run();
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.WITHDRAWN, Outcome.WITHDRAWN);
    assertThat(outbox.count("c")).isZero();
    channel.close();
  }

  @Test
  void aNoErasesWhatWasQueuedBeforeItAlsoWhenItIsAYesAgain() throws IOException {
    graceIsOver();
    sink.during =
        deadline -> {
          answer(false);
          answer(true);
        };
    Channel channel = channel();
    Runnable stop = consent.onChange(channel::changed);
    outbox.accept("c", messages("one", "two"), memory -> memory);
    join(channel.send());
    sink.during = deadline -> {};
    join(channel.send());
    stop.run();
    assertThat(sink.delivered).contains("body of one").doesNotContain("body of two");
    assertThat(outbox.memory("c").lost()).containsEntry("withdrawn", 2L);
    channel.close();
  }

  @Test
  void aNoThatCannotEraseAtOnceErasesLaterAlsoWhenItIsAYesAgain() throws IOException {
    graceIsOver();
    outbox.accept("c", messages("before"), memory -> memory);
    store.lose();
    answer(false);
    assertThat(step(SETTINGS, false).problem()).isPresent();
    answer(true);
    store.directory(directory.resolve("var"));
    clock.advance(Duration.ofMinutes(10));
    step(SETTINGS, true);
    assertThat(sink.delivered).isNotEmpty().doesNotContain("body of before");
    assertThat(outbox.memory("c").lost()).containsEntry("withdrawn", 1L);
  }

  @Test
  void withoutASinkTheQueueWaitsAndLeavesWhenItIsBack() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    plugins.unbindSink(sink);
    clock.advance(Duration.ofMinutes(10));
    assertThat(step(SETTINGS, true).queued()).isEqualTo(1);
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void aSinkThatDoesNotTakeTheFormatIsNotAsked() {
    graceIsOver();
    sink.takes = "other/type";
    ChannelProgress progress = step(SETTINGS, true);
    assertThat(progress.problem())
        .hasValueSatisfying(t -> assertThat(t.advice()).contains("text/plain"));
    assertThat(progress.queued()).isEqualTo(1);
    assertThat(sink.got).isEmpty();
  }

  @Test
  void whenTheSinkGoesInTheMiddleItsMessageStaysAndTheJournalSaysWhy() throws IOException {
    graceIsOver();
    sink.during = deadline -> plugins.unbindSink(sink);
    Channel channel = channel();
    Runnable stop = plugins.onChange(channel::changed);
    sink.answers.add(Receipt.retry("aborted"));
    outbox.accept("c", messages("one", "two"), memory -> memory);
    join(channel.send());
    stop.run();
    assertThat(sink.got).hasSize(1);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.INTERRUPTED);
    assertThat(journal.entries(9).get(0).answer()).contains("sink was removed");
    assertThat(outbox.count("c")).isEqualTo(3);
    channel.close();
  }

  @Test
  void aChannelThatEndsSendsNothingMoreAndKeepsItsQueue() throws IOException {
    graceIsOver();
    Channel channel = channel();
    sink.during = deadline -> channel.close();
    outbox.accept("c", messages("one", "two"), memory -> memory);
    assertThat(join(channel.send()).note()).contains("stopping");
    assertThat(join(channel.send()).note()).as("nobody waits for it in vain").contains("stopping");
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aStepThatFailsBadlyLeavesNobodyWaitingAndTheNextOneWorks() {
    graceIsOver();
    sink.during =
        deadline -> {
          throw new KilledError();
        };
    Channel channel = channel();
    join(channel.send());
    sink.during = deadline -> {};
    assertThat(join(channel.send()).state()).isEqualTo(ChannelState.ACTIVE);
    channel.close();
  }
}
