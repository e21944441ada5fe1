package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Pause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointHoldTest {

  private static final Optional<Message> FIRST =
      Optional.of(new Message("id", "m", "t/t", Bytes.empty()));

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final Instant now = clock.instant();
  private final EndpointHold hold = new EndpointHold(clock, clock);
  private final CategorySink sink = new CategorySink();
  private ChainedJournal journal;
  private Outbox outbox;

  @BeforeEach
  void open() {
    StoreFixture store = new StoreFixture(directory);
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
  }

  @AfterEach
  void close() {
    outbox.close();
    journal.close();
  }

  @Test
  void nobodyWaitsForNothing() throws IOException {
    assertThat(hold.until(sink, "e", false, FIRST, queue())).isEmpty();
  }

  @Test
  void aPauseHoldsForItsEndpointAlone() throws IOException {
    OutboxView queue = paused(Duration.ofMinutes(5), false);
    assertThat(hold.until(sink, "e", false, FIRST, queue))
        .contains(now.plus(Duration.ofMinutes(5)));
    assertThat(hold.until(sink, "other", false, FIRST, queue)).isEmpty();
  }

  @Test
  void whoAsksWaitsForTheEndpointAndNotForAHabit() throws IOException {
    OutboxView wish = paused(Duration.ofMinutes(5), false);
    assertThat(hold.until(sink, "e", true, FIRST, wish)).isPresent();
    OutboxView habit = paused(Duration.ofMinutes(5), true);
    assertThat(hold.until(sink, "e", true, FIRST, habit)).isEmpty();
    assertThat(hold.until(sink, "e", false, FIRST, habit)).isPresent();
  }

  @Test
  void itEndsAtItsEndAndNotAMomentLater() throws IOException {
    OutboxView queue = paused(Duration.ofMinutes(5), false);
    clock.advance(Duration.ofMinutes(5).minusNanos(1));
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isEmpty();
  }

  @Test
  void whatIsLongerThanADayIsASlipOfSomeClockAndHoldsNobody() throws IOException {
    OutboxView queue = paused(Duration.ofDays(1), false);
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isPresent();
    clock.set(Duration.ofNanos(-1));
    EndpointHold afterARestart = new EndpointHold(clock, clock);
    assertThat(afterARestart.until(sink, "e", false, FIRST, queue)).isEmpty();
  }

  @Test
  void aClockThatIsSetBackTenHoursStretchesNoHour() throws IOException {
    OutboxView queue = paused(Duration.ofHours(1), false);
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isPresent();
    clock.set(Duration.ofHours(-10));
    clock.advance(Duration.ofMinutes(59));
    assertThat(hold.until(sink, "e", false, FIRST, queue))
        .contains(clock.instant().plus(Duration.ofMinutes(1)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(hold.until(sink, "e", false, FIRST, queue)).as("it is over for good").isEmpty();
  }

  @Test
  void aClockThatIsSetAheadEndsNoHold() throws IOException {
    OutboxView queue = paused(Duration.ofHours(1), false);
    assertThat(hold.until(sink, "e", false, FIRST, queue)).isPresent();
    clock.set(Duration.ofDays(365));
    assertThat(hold.until(sink, "e", false, FIRST, queue))
        .contains(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void theLaterOfPauseAndLimitCounts() throws IOException {
    outbox.limit("e", Map.of("c", now.plus(Duration.ofMinutes(9))));
    OutboxView queue = paused(Duration.ofMinutes(5), false);
    assertThat(hold.until(sink, "e", false, FIRST, queue))
        .contains(now.plus(Duration.ofMinutes(9)));
    assertThat(hold.until(sink, "e", false, Optional.empty(), queue))
        .as("a limit is of what would go first")
        .contains(now.plus(Duration.ofMinutes(5)));
  }

  @Test
  void ofASinkThatCannotNameTheCategoryOnlyWhatIsSaidOfAllHolds() throws IOException {
    outbox.limit("e", Map.of("c", now.plus(Duration.ofMinutes(9))));
    sink.fails = true;
    assertThat(hold.until(sink, "e", false, FIRST, queue())).isEmpty();
    outbox.limit("e", Map.of("", now.plus(Duration.ofMinutes(3))));
    assertThat(hold.until(sink, "e", false, FIRST, queue()))
        .contains(now.plus(Duration.ofMinutes(3)));
  }

  private OutboxView paused(Duration time, boolean yields) throws IOException {
    Pause pause = new Pause("e", now.plus(time), yields);
    return outbox.view("c", memory -> memory.answered(now, Outcome.RETRY, "", Optional.of(pause)));
  }

  private OutboxView queue() throws IOException {
    return outbox.view("c", (ChannelMemory memory) -> memory);
  }

  private static final class CategorySink implements TransportSink {
    private boolean fails;

    @Override
    public boolean accepts(String mediaType) {
      return true;
    }

    @Override
    public SinkState state() {
      return SinkState.ready("e");
    }

    @Override
    public String category(Message message) {
      if (fails) {
        throw new IllegalStateException("no");
      }
      return "c";
    }

    @Override
    public Payload encode(List<Message> batch) {
      throw new AssertionError("not asked");
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      throw new AssertionError("not asked");
    }
  }
}
