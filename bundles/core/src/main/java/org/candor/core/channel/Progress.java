package org.candor.core.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.control.Delivery;
import org.candor.core.outbox.ChannelMemory;

/**
 * Where a channel stands after a step.
 *
 * @param memory what it remembers
 * @param queued messages that wait
 * @param next when something is due
 * @param trouble what keeps it from working, in one sentence for the administrator
 * @param deliveries attempts of this step
 */
record Progress(
    ChannelMemory memory,
    long queued,
    Optional<Instant> next,
    Optional<String> trouble,
    List<Delivery> deliveries) {}
