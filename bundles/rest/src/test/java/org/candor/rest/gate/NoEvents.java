package org.candor.rest.gate;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ListenerEvents;

/** Says nothing. */
final class NoEvents implements ListenerEvents {

  @Override
  public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {}

  @Override
  public void unavailable(
      ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {}
}
