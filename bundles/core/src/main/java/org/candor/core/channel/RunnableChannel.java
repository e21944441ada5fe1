package org.candor.core.channel;

import org.candor.core.web.WebEvents;

/** A channel, and where it takes what comes by itself. */
record RunnableChannel(Channel channel, WebEvents events) {

  void begin() {
    events.timer().onTime(channel::begin);
    channel.begin();
  }

  void close() {
    events.timer().stop();
    channel.close();
  }
}
