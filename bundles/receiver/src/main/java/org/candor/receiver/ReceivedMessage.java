package org.candor.receiver;

import java.time.Instant;
import org.candor.api.Bytes;

/**
 * Received message.
 *
 * @param channel which endpoint took it: {@code segment}, {@code sentry} or {@code dns}
 * @param receivedAt when it was complete
 * @param body as it was before compression, byte for byte; of DNS the name that was asked about
 * @param duplicates how many of its messages had been received before
 */
public record ReceivedMessage(String channel, Instant receivedAt, Bytes body, int duplicates) {}
