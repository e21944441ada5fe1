package org.candor.control;

import java.util.List;
import org.candor.api.ChannelState;

/**
 * How a report that was asked for went.
 *
 * @param channel whose it is
 * @param state the channel's state afterwards
 * @param deliveries one for each payload that was attempted
 * @param note why nothing was attempted, or what remains queued; empty when all was delivered
 */
public record SendResult(
    String channel, ChannelState state, List<Delivery> deliveries, String note) {}
