package org.candor.core.admission;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.TransportSink;

/**
 * Admission decision: whether a channel may report and send now, and through what. Immutable;
 * computed once for a step of its loop.
 *
 * @param state {@link ChannelState#ACTIVE} when all does
 * @param decidedBy the layer that authorises or denies it
 * @param endpoint where the sink sends to
 * @param destination what identifies that: for what all of this was looked up
 * @param formatter present when installed
 * @param sink present when it may be used now
 * @param opens when a closed gate opens by itself
 * @param advice what to do about a closed gate
 */
public record AdmissionDecision(
    ChannelState state,
    String decidedBy,
    String endpoint,
    String destination,
    Optional<ReportFormatter> formatter,
    Optional<TransportSink> sink,
    Optional<Instant> opens,
    String advice) {

  public boolean isOff() {
    return state == ChannelState.OFF;
  }

  public boolean mayReport() {
    return formatter.isPresent() && sink.isPresent();
  }
}
