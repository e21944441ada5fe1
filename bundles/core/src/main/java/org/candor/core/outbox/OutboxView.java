package org.candor.core.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * Snapshot of a channel's queue as of one transaction: all that a step of the channel's loop has to
 * know, so that it asks once.
 *
 * @param memory what the channel must not forget
 * @param anew since when, should what was remembered before be damaged and unknown
 * @param queued how many messages wait
 * @param use what they take of the outbox
 * @param head the one that waits longest
 * @param limits the endpoints' rate limits
 */
public record OutboxView(
    ChannelMemory memory,
    Optional<Instant> anew,
    long queued,
    QueueUse use,
    Optional<QueuedMessage> head,
    EndpointLimits limits) {

  /** Before anything was read. */
  public static OutboxView none(Instant now) {
    return new OutboxView(
        ChannelMemory.begun(now),
        Optional.empty(),
        0,
        QueueUse.NONE,
        Optional.empty(),
        EndpointLimits.none());
  }
}
