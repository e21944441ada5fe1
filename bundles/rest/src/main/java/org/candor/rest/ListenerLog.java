package org.candor.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ListenerEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines about the listener.
 *
 * @param file where host and port are set
 */
record ListenerLog(String file) implements ListenerEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerLog.class);

  @Override
  public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {
    LOG.info("Web console and API on http://{}.", served);
    if (!loopback) {
      LOG.warn(
          "{} can be reached from other machines, and passwords cross the network unencrypted."
              + " Set host = 127.0.0.1 in {}, with a proxy that speaks TLS in front.",
          wanted,
          file);
    }
  }

  @Override
  public void unavailable(
      ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {
    LOG.error(
        "HTTP cannot be served on {} ({}){}. Set host and port in {} to some that are free, or"
            + " stop what uses them; it is tried again every {} s.",
        wanted,
        why.getMessage(),
        remains.map(last -> ", and stays on " + last).orElse(""),
        file,
        retry.toSeconds());
  }
}
