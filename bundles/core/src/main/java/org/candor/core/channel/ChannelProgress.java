package org.candor.core.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.control.Delivery;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.OutboxView;

/**
 * Where a channel stands after a step.
 *
 * @param queue what it has in the outbox
 * @param known whether the outbox could be read; when not, what is in it is as nobody knows
 * @param next when something is due
 * @param problem what keeps it from working
 * @param deliveries attempts of this step, no more than the newest hundred
 */
public record ChannelProgress(
    OutboxView queue,
    boolean known,
    Optional<Instant> next,
    Optional<ChannelProblem> problem,
    List<Delivery> deliveries) {

  /** Before the first step. */
  static ChannelProgress none(Instant now) {
    return new ChannelProgress(
        OutboxView.none(now), false, Optional.empty(), Optional.empty(), List.of());
  }

  /** What it remembers. */
  ChannelMemory memory() {
    return queue.memory();
  }

  /** Messages that wait. */
  long queued() {
    return queue.queued();
  }
}
