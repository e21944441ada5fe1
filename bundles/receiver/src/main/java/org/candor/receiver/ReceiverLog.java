package org.candor.receiver;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ListenerEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines about the HTTP listener. */
final class ReceiverLog implements ListenerEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiverLog.class);

  @Override
  public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {
    LOG.info("The receiver listens on http://{}; GET /received shows what came.", served);
  }

  @Override
  public void unavailable(
      ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {
    LOG.error(
        "The receiver cannot listen on {} ({}){}. Set port in etc/{}.cfg to one that is"
            + " free, or stop what uses it; it is tried again every {} s.",
        wanted,
        why.getMessage(),
        remains.map(last -> ", and stays on port " + last.port()).orElse(""),
        Receiver.PID,
        retry.toSeconds());
  }
}
