package org.candor.control;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;

/**
 * A channel at present.
 *
 * @param name the NAME of {@code etc/org.candor.channel-NAME.cfg}
 * @param purpose what its data is for
 * @param report what it reports
 * @param state what it does
 * @param decidedBy the consent layer that decides, or {@code default}
 * @param endpoint where it sends to, without credentials; empty when not known
 * @param queued messages on disk that have not been delivered; empty while nobody knows, as when
 *     the disk cannot be read
 * @param lost messages that will not be delivered, counted by reason; empty while nobody knows
 * @param lastDelivery when the endpoint last took something
 * @param next when it reports or retries next; empty when nothing is due
 * @param bytesSinceOff bytes sent since the owner last said no; zero is the promise; empty while
 *     nobody knows
 * @param advice what is wrong and what to do about it, in sentences; empty when all is well
 * @param queuedBytes what the queued messages take of the outbox; empty while nobody knows
 * @param shareBytes what of the outbox the channel can always use, whatever others queue
 */
public record ChannelStatus(
    String name,
    Purpose purpose,
    ReportKind report,
    ChannelState state,
    String decidedBy,
    String endpoint,
    Optional<Long> queued,
    Optional<Map<String, Long>> lost,
    Optional<Instant> lastDelivery,
    Optional<Instant> next,
    Optional<Long> bytesSinceOff,
    String advice,
    Optional<Long> queuedBytes,
    long shareBytes) {

  /** A channel of which all is known, and that has nothing to share. */
  public ChannelStatus(
      String name,
      Purpose purpose,
      ReportKind report,
      ChannelState state,
      String decidedBy,
      String endpoint,
      long queued,
      Map<String, Long> lost,
      Optional<Instant> lastDelivery,
      Optional<Instant> next,
      long bytesSinceOff,
      String advice) {
    this(
        name,
        purpose,
        report,
        state,
        decidedBy,
        endpoint,
        Optional.of(queued),
        Optional.of(lost),
        lastDelivery,
        next,
        Optional.of(bytesSinceOff),
        advice,
        Optional.of(0L),
        0);
  }

  /** The same with more advice behind its own. */
  public ChannelStatus advising(String more) {
    return new ChannelStatus(
        name,
        purpose,
        report,
        state,
        decidedBy,
        endpoint,
        queued,
        lost,
        lastDelivery,
        next,
        bytesSinceOff,
        (advice + " " + more).strip(),
        queuedBytes,
        shareBytes);
  }
}
