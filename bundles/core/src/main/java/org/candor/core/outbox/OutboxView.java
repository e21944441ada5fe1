package org.candor.core.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * Snapshot of a channel's queue as of one transaction: all that a step of the channel's loop has to
 * know, so that it asks once.
 *
 * @param memory what the channel must not forget
 * @param queued how many messages wait
 * @param head the one that waits longest
 * @param limits the endpoints' rate limits
 */
public record OutboxView(
    ChannelMemory memory, long queued, Optional<QueuedMessage> head, EndpointLimits limits) {

  /** Before anything was read. */
  public static OutboxView none(Instant now) {
    return new OutboxView(ChannelMemory.begun(now), 0, Optional.empty(), EndpointLimits.none());
  }
}
