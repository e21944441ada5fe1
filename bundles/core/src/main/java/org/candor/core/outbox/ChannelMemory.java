package org.candor.core.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.sink.Outcome;

/**
 * What a channel must not forget when the process ends.
 *
 * @param since when the channel was first seen
 * @param lastReport when it last made a report
 * @param lastDelivery when the endpoint last took something
 * @param lastOutcome how the last attempt ended
 * @param lastAnswer what the endpoint said then
 * @param pausedUntil until when the endpoint wants to be left alone
 * @param bytesSinceOff bytes sent since the owner last said no
 * @param lost messages that will not be delivered, by reason
 */
public record ChannelMemory(
    Instant since,
    Optional<Instant> lastReport,
    Optional<Instant> lastDelivery,
    Optional<Outcome> lastOutcome,
    String lastAnswer,
    Optional<Instant> pausedUntil,
    long bytesSinceOff,
    Map<String, Long> lost) {

  public ChannelMemory {
    lost = Map.copyOf(lost);
  }

  public static ChannelMemory begun(Instant since) {
    return new ChannelMemory(
        since,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        0,
        Map.of());
  }

  public ChannelMemory reported(Instant at) {
    return new ChannelMemory(
        since,
        Optional.of(at),
        lastDelivery,
        lastOutcome,
        lastAnswer,
        pausedUntil,
        bytesSinceOff,
        lost);
  }

  /** An attempt ended. */
  public ChannelMemory answered(
      Instant at, Outcome outcome, String answer, Optional<Instant> pausedUntil) {
    return new ChannelMemory(
        since,
        lastReport,
        outcome == Outcome.DELIVERED ? Optional.of(at) : lastDelivery,
        Optional.of(outcome),
        answer,
        pausedUntil,
        bytesSinceOff,
        lost);
  }

  public ChannelMemory sentWhileOff(long bytes) {
    return withBytesSinceOff(bytesSinceOff + bytes);
  }

  /** The owner said no: from now on not a byte. */
  public ChannelMemory switchedOff() {
    return withBytesSinceOff(0);
  }

  public ChannelMemory lost(String reason, long count) {
    if (count == 0) {
      return this;
    }
    Map<String, Long> more = new TreeMap<>(lost);
    more.merge(reason, count, Long::sum);
    return new ChannelMemory(
        since, lastReport, lastDelivery, lastOutcome, lastAnswer, pausedUntil, bytesSinceOff, more);
  }

  private ChannelMemory withBytesSinceOff(long bytes) {
    return new ChannelMemory(
        since, lastReport, lastDelivery, lastOutcome, lastAnswer, pausedUntil, bytes, lost);
  }
}
