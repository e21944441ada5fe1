package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Receipt;
import org.candor.control.Announced;
import org.candor.control.Answers;
import org.candor.control.ChannelStatus;
import org.candor.control.Matter;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.plugin.ChannelSettings;
import org.junit.jupiter.api.Test;

/** A channel that comes to send elsewhere, or for another purpose, while something is queued. */
class NewDestinationTest extends RunningChannel {

  private static final ChannelSettings FOR_ERRORS =
      new ChannelSettings(
          Purpose.ERRORS, ReportKind.HEALTH, Duration.ofDays(30), "plain", "told", true);

  private void queue() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    assertThat(step(SETTINGS, true).queued()).isEqualTo(1);
    sink.got.clear();
    clock.advance(Duration.ofMinutes(30));
  }

  @Test
  void whatIsQueuedIsNotSentToANewDestinationBeforeTheGracePeriodIsOver() {
    queue();
    sink.endpoint = "told:/other";
    Instant end = clock.instant().plus(Duration.ofMinutes(10));
    ChannelProgress progress = step(SETTINGS, true);
    assertThat(progress.queued()).isEqualTo(1);
    assertThat(progress.next())
        .hasValueSatisfying(
            next -> assertThat(next).isBetween(end.minusSeconds(1), end.plusSeconds(1)));
    clock.advance(Duration.ofMinutes(9));
    restart();
    step(SETTINGS, true);
    assertThat(sink.got).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(step(SETTINGS, false).queued()).isZero();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void itIsSentToTheOldOneWhenThatIsBack() {
    queue();
    sink.endpoint = "told:/other";
    step(SETTINGS, true);
    sink.endpoint = "told:/sink";
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void aGrantOfThePurposeOrTheChannelLetsItGoAndOneOfAnotherPurposeDoesNot() throws IOException {
    queue();
    sink.endpoint = "told:/other";
    step(SETTINGS, false);
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL);
    step(SETTINGS, false);
    assertThat(sink.got).isEmpty();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    assertThat(step(SETTINGS, false).queued()).isZero();
    outbox.accept("c", messages("one"), memory -> memory);
    sink.endpoint = "told:/third";
    assertThat(step(SETTINGS, false).queued()).isEqualTo(1);
    consent.answer(new Answers(Map.of(), Map.of("c", true)), ConsentFixture.SHELL);
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void anotherPurposeWaitsToo() {
    queue();
    assertThat(step(FOR_ERRORS, true).queued()).isEqualTo(1);
    assertThat(sink.got).isEmpty();
    answer(true);
    step(FOR_ERRORS, true);
    assertThat(sink.got).as("for usage only").isEmpty();
    clock.advance(Duration.ofMinutes(11));
    assertThat(step(FOR_ERRORS, true).queued()).isZero();
  }

  @Test
  void whatWasSetWhileTheChannelWasOffIsAcceptedByTheGrantThatTurnsItOn() {
    graceIsOver();
    answer(false);
    sink.endpoint = "told:/other";
    step(SETTINGS, false);
    answer(true);
    assertThat(step(SETTINGS, true).queued()).isZero();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aDestinationThatChangesAfterItWasLookedUpGetsNothing() throws IOException {
    graceIsOver();
    outbox.accept("c", messages("one", "two"), memory -> memory);
    sink.during = deadline -> sink.endpoint = "told:/other";
    assertThat(step(SETTINGS, false).queued()).isEqualTo(1);
    assertThat(sink.got).hasSize(1);
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(journal.entries(9)).hasSize(1);
  }

  @Test
  void theLogSaysItOnceAndWhatToDo() {
    assertThat(logged(this::graceIsOver)).as("first start").doesNotContain("announced:");
    sink.endpoint = "told:/other";
    String log =
        logged(
            () -> {
              step(SETTINGS, true);
              step(SETTINGS, true);
            });
    assertThat(log.lines().filter(line -> line.contains("announced:")))
        .singleElement()
        .asString()
        .contains(
            "WARN",
            "c: announced: it sends to told:/other. Nothing leaves before",
            "telemetry:preview c",
            "telemetry:enable c accepts it",
            "telemetry:disable c stops it");
  }

  private static String logged(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theStatusSaysWhatWaitsUntilWhenAndWhatToDo() {
    queue();
    Channel channel = channel();
    sink.endpoint = "told:/other";
    join(channel.send());
    ChannelStatus status = channel.status();
    assertThat(status.state()).isEqualTo(ChannelState.GRACE);
    assertThat(status.endpoint()).isEqualTo("told:/other");
    assertThat(status.next()).isPresent();
    assertThat(status.advice())
        .contains(
            "Announced lately: it sends to told:/other.",
            "Nothing leaves before",
            "telemetry:enable c accepts it");
    assertThat(channel.announced())
        .containsExactly(new Announced("c", Matter.DESTINATION, "told:/other", status.next()));
    answer(false);
    assertThat(channel.announced()).as("off").isEmpty();
    channel.close();
  }
}
