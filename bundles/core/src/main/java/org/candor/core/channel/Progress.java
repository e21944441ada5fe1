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
 * @param trouble what keeps it from working
 * @param deliveries attempts of this step, no more than the newest hundred
 */
record Progress(
    ChannelMemory memory,
    long queued,
    Optional<Instant> next,
    Optional<Trouble> trouble,
    List<Delivery> deliveries) {

  /** Before the first step. */
  static Progress none(Instant now) {
    return new Progress(ChannelMemory.begun(now), 0, Optional.empty(), Optional.empty(), List.of());
  }
}
