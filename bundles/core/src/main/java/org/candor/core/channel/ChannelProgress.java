package org.candor.core.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.control.Delivery;
import org.candor.core.outbox.ChannelMemory;

/**
 * Where a channel stands after a step.
 *
 * @param memory what it remembers
 * @param queued messages that wait
 * @param next when something is due
 * @param problem what keeps it from working
 * @param deliveries attempts of this step, no more than the newest hundred
 */
public record ChannelProgress(
    ChannelMemory memory,
    long queued,
    Optional<Instant> next,
    Optional<ChannelProblem> problem,
    List<Delivery> deliveries) {

  /** Before the first step. */
  static ChannelProgress none(Instant now) {
    return new ChannelProgress(
        ChannelMemory.begun(now), 0, Optional.empty(), Optional.empty(), List.of());
  }
}
