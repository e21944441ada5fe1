package org.candor.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ListenerEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines about the listener.
 *
 * @param file where host and port are set
 * @param tls whether there is a certificate
 */
record ListenerLog(String file, BooleanSupplier tls) implements ListenerEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerLog.class);

  @Override
  public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {
    boolean encrypted = tls.getAsBoolean();
    LOG.info("Web console and API on http{}://{}.", encrypted ? "s" : "", served);
    if (!loopback && !encrypted) {
      LOG.warn(
          "{} can be reached from other machines, and passwords cross the network unencrypted."
              + " Set tlsFile in {}, or host = 127.0.0.1 with a proxy that speaks TLS in front.",
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
