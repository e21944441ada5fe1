package org.candor.http.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Listener callbacks: whoever serves something says in its own words what becomes of it. */
public interface ListenerEvents {

  /**
   * It is served.
   *
   * @param wanted as it was asked for
   * @param served the same with the port that was given for 0
   * @param loopback whether nobody on another machine can reach it
   */
  void serving(ListenAddress wanted, ListenAddress served, boolean loopback);

  /**
   * It cannot be served; said once, although it is tried again and again.
   *
   * @param remains what is served instead
   * @param retry how long until the next attempt
   */
  void unavailable(
      ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry);
}
