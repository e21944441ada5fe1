package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LossLogTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final LossLog losses = new LossLog();

  @Test
  void aLossIsToldAtOnceAndTheNextOnesTogetherAnHourLater() {
    assertThat(toldAt(NOON)).as("nothing was lost").isEmpty();
    losses.add("a", "too-many", 1);
    assertThat(toldAt(NOON)).contains("1 queued message is lost for good, of a: too-many.");
    losses.add("a", "too-many", 1);
    assertThat(toldAt(NOON.plusSeconds(1))).isEmpty();
    losses.add("a", "too-many", 1);
    assertThat(toldAt(NOON.plus(Duration.ofHours(1)).minusNanos(1))).isEmpty();
    assertThat(toldAt(NOON.plus(Duration.ofHours(1))))
        .contains("2 queued messages are lost for good, of a: too-many.");
    assertThat(toldAt(NOON.plus(Duration.ofHours(3)))).as("told once").isEmpty();
  }

  @Test
  void aClockThatWasSetBackKeepsNothingQuiet() {
    losses.add("a", "damaged", 1);
    assertThat(toldAt(NOON)).isNotEmpty();
    losses.add("a", "damaged", 1);
    assertThat(toldAt(NOON.minusSeconds(1))).contains("1 queued message");
  }

  @Test
  void whatDidNotComeToBeIsNotTold() {
    losses.add("a", "too-old", 1);
    losses.forget();
    assertThat(toldAt(NOON)).isEmpty();
  }

  private String toldAt(Instant now) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      losses.tell(now);
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
