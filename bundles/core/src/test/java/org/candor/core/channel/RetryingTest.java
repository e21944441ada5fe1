package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.control.JournalEntry;
import org.candor.core.outbox.Pause;
import org.junit.jupiter.api.Test;

/** When an endpoint that did not take something is asked again. */
class RetryingTest extends RunningChannel {

  @Test
  void aFailureIsTriedAgainLaterUnderTheSameId() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    ChannelProgress failed = step(SETTINGS, true);
    assertThat(failed.queued()).isEqualTo(1);
    assertThat(failed.next()).hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
    step(SETTINGS, false);
    assertThat(sink.got).as("not before its time").hasSize(1);
    clock.advance(Duration.ofSeconds(6));
    assertThat(step(SETTINGS, false).queued()).isZero();
    assertThat(sink.got).extracting(Payload::id).hasSize(2).containsOnly(sink.got.get(0).id());
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.RETRY, Outcome.DELIVERED);
  }

  @Test
  void whatAnotherChannelDeliveredToTheSameServerIsTriedWithinSeconds() {
    sink.endpoint = "https://h.test/a";
    graceIsOver();
    clock.advance(Duration.ofMinutes(11));
    for (int i = 0; i < 9; i++) {
      sink.answers.add(Receipt.retry("503"));
    }
    for (int i = 0; i < 9; i++) {
      step(SETTINGS, true);
    }
    sink.answers.clear();
    assertThat(runner.reached("other.test:443")).isFalse();
    assertThat(runner.reached("h.test:443")).isTrue();
    step(SETTINGS, false);
    clock.advance(Duration.ofSeconds(2));
    assertThat(step(SETTINGS, false).queued()).isZero();
    assertThat(runner.reached("h.test:443")).as("nothing waits for it").isFalse();
  }

  @Test
  void whoFailsAlthoughOthersDeliverIsHastenedOnceAMinute() {
    sink.endpoint = "https://h.test/a";
    graceIsOver();
    clock.advance(Duration.ofMinutes(11));
    for (int i = 0; i < 30; i++) {
      sink.answers.add(Receipt.retry("503"));
    }
    for (int i = 0; i < 9; i++) {
      step(SETTINGS, true);
    }
    int before = sink.got.size();
    for (int second = 0; second < 60; second++) {
      runner.reached("h.test:443");
      step(SETTINGS, false);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(sink.got.size() - before).isBetween(1, 2);
  }

  @Test
  void aDeliveryIsNewsForOthers() {
    List<String> heard = new ArrayList<>();
    news.onDelivered(heard::add);
    sink.endpoint = "http://h.test:8080/x";
    graceIsOver();
    clock.advance(Duration.ofMinutes(11));
    step(SETTINGS, true);
    assertThat(heard).containsExactly("h.test:8080");
  }

  @Test
  void aDiskThatFailsIsTriedAgainWithinFiveSecondsHoweverOftenItFailed() throws IOException {
    graceIsOver();
    step(SETTINGS, true);
    outbox.close();
    for (int i = 0; i < 20; i++) {
      step(SETTINGS, true);
    }
    ChannelProgress failing = step(SETTINGS, false);
    assertThat(failing.next())
        .hasValueSatisfying(
            next -> assertThat(next).isBefore(clock.instant().plus(Duration.ofSeconds(5))));
    assertThat(failing.known()).as("nobody knows what waits").isFalse();
  }

  @Test
  void howManyWaitIsSaidInSentences() {
    sink.answers.add(Receipt.retry("503"));
    graceIsOver();
    Channel channel = channel();
    assertThat(join(channel.send()).note()).startsWith("1 message waits. ");
    channel.close();
  }

  @Test
  void anEndpointThatWantsToBeLeftAloneIsLeftAloneAlsoAfterARestart() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofMinutes(30)));
    step(SETTINGS, true);
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(29));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    step(SETTINGS, false);
    assertThat(sink.got).hasSizeGreaterThan(1);
  }

  @Test
  void aLimitOfACategoryHoldsForThatCategoryAloneAndThroughARestart() {
    graceIsOver();
    sink.category = "error";
    sink.answers.add(
        Receipt.delivered("200")
            .limiting(Map.of("error", Duration.ofMinutes(30), "other", Duration.ofHours(5))));
    step(SETTINGS, true);
    sink.answers.add(Receipt.delivered("200").limiting(Map.of("error", Duration.ofMinutes(1))));
    sink.category = "default";
    step(SETTINGS, true);
    assertThat(sink.got).as("the other category goes").hasSize(2);
    sink.category = "error";
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(29));
    assertThat(step(SETTINGS, true).next()).isPresent();
    assertThat(sink.got).as("the longer limit is kept").hasSize(2);
    clock.advance(Duration.ofMinutes(2));
    step(SETTINGS, false);
    assertThat(sink.got).hasSizeGreaterThan(2);
  }

  @Test
  void aLimitOfAllCategoriesHoldsForAll() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").limiting(Map.of("", Duration.ofMinutes(30))));
    step(SETTINGS, true);
    sink.category = "default";
    clock.advance(Duration.ofMinutes(29));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void whatWaitsByOurOwnHabitIsTriedAtOnceForWhoAsksAndOtherwiseLaterAlsoAfterARestart() {
    graceIsOver();
    sink.answers.add(Receipt.retry("SERVFAIL").resting(Duration.ofHours(1)));
    sink.answers.add(Receipt.retry("SERVFAIL").resting(Duration.ofHours(1)));
    step(SETTINGS, true);
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(50));
    step(SETTINGS, false);
    assertThat(sink.got).as("by itself").hasSize(1);
    assertThat(step(SETTINGS, true).next()).contains(clock.instant().plus(Duration.ofHours(1)));
    assertThat(sink.got).as("when somebody asks").hasSizeGreaterThan(1);
  }

  @Test
  void whatTheEndpointWantsCountsMoreThanOurHabitAlsoForWhoAsks() {
    graceIsOver();
    sink.answers.add(
        Receipt.retry("429").resting(Duration.ofMinutes(1)).pausing(Duration.ofHours(2)));
    step(SETTINGS, true);
    clock.advance(Duration.ofMinutes(119));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aWishToBeLeftAloneIsNoWishOfTheNextEndpoint() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofMinutes(30)));
    step(SETTINGS, true);
    sink.endpoint = "told:/other";
    step(SETTINGS, false);
    answer(true);
    clock.advance(Duration.ofMinutes(1));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void aSinkThatForgetsItsDeadlineIsAbortedAndTriedAgain() {
    timeout = Duration.ofMillis(50);
    restart();
    graceIsOver();
    sink.during =
        deadline -> {
          CountDownLatch cancelled = new CountDownLatch(1);
          deadline.onCancel(cancelled::countDown);
          await(cancelled);
        };
    sink.answers.add(Receipt.retry("closed"));
    step(SETTINGS, true);
    assertThat(journal.entries(1).get(0).outcome()).isEqualTo(Outcome.RETRY);
    assertThat(journal.entries(1).get(0).answer()).contains("no answer in time");
  }

  @Test
  void aWaitThatIsLongerThanADayIsCutToADay() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofSeconds(Long.MAX_VALUE / 1000)));
    assertThat(step(SETTINGS, true).memory().pause().map(Pause::until))
        .contains(clock.instant().plus(Duration.ofDays(1)));
  }

  @Test
  void whatNobodyTakesIsNotTriedInALoop() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    sink.takes = "other/type";
    clock.advance(Duration.ofMinutes(10));
    assertThat(step(SETTINGS, false).next())
        .hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
