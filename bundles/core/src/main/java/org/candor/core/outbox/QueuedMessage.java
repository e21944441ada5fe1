package org.candor.core.outbox;

import java.time.Instant;
import org.candor.api.report.Message;

/**
 * A message that waits for its delivery.
 *
 * @param number grows with every message of every channel
 * @param channel whose it is
 * @param at when the outbox took it
 * @param message what waits
 */
public record QueuedMessage(long number, String channel, Instant at, Message message) {}
