package org.candor.http.client;

import java.util.Optional;

/**
 * Route: how a target is reached.
 *
 * @param proxy empty for straight
 */
record PeerRoute(Peer target, Optional<ProxyServer> proxy) {

  /**
   * The proxy that gets the request itself, with the whole URL in it, and passes it on: one that
   * speaks HTTP, when the target does without TLS. Any other proxy is asked for a tunnel, and sees
   * nothing of what goes through it.
   */
  Optional<ProxyServer> forwarder() {
    return proxy.filter(server -> server.http() && !target.secure());
  }

  /** Whether TLS is spoken with anybody. */
  boolean secure() {
    return target.secure() || proxy.filter(server -> server.peer().secure()).isPresent();
  }

  /** For sentences. */
  @Override
  public String toString() {
    return target + proxy.map(server -> " through " + server).orElse("");
  }
}
