package org.candor.http.client;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Route planner: tells the client what it must know of the route: whether a proxy reads its
 * requests. Tunnels are the {@link Connector}'s, and what proxies the properties of this JVM name
 * are for others.
 */
final class ProxyRoutePlanner implements HttpRoutePlanner {

  private final PeerRoute way;

  ProxyRoutePlanner(PeerRoute way) {
    this.way = way;
  }

  @Override
  public HttpRoute determineRoute(HttpHost target, HttpContext context) {
    return way.forwarder()
        .map(proxy -> new HttpRoute(target, null, host(proxy.peer()), false))
        .orElseGet(() -> new HttpRoute(target, null, way.target().secure()));
  }

  /** The proxy for a connection to itself. */
  static HttpHost host(Peer proxy) {
    return new HttpHost(proxy.secure() ? "https" : "http", proxy.host(), proxy.port());
  }
}
