package org.candor.core.channel;

import org.candor.api.ChannelState;

/**
 * What keeps a channel from working although its gates stand open.
 *
 * @param state as which it shows
 * @param advice in one sentence for the administrator
 */
record ChannelProblem(ChannelState state, String advice) {}
