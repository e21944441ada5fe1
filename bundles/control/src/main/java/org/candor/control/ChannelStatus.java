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
 * @param queued messages on disk that have not been delivered
 * @param lost messages that will not be delivered, counted by reason
 * @param lastDelivery when the endpoint last took something
 * @param next when it reports or retries next; empty when nothing is due
 * @param bytesSinceOff bytes sent since the owner last said no; zero is the promise
 * @param advice what is wrong and what to do about it, in sentences; empty when all is well
 */
public record ChannelStatus(
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
        (advice + " " + more).strip());
  }
}
