package org.candor.http.client;

import java.io.IOException;
import java.net.Socket;

/** Has a proxy connect to a target, so that what is then written goes there. */
@FunctionalInterface
interface Tunnel {

  /**
   * Asks for it, over a connection to the proxy on which nothing was said so far; blocks until the
   * proxy has answered. Not a byte of what comes after that answer is read. The target's name is
   * left to the proxy to look up.
   *
   * @throws ProxyException when the proxy does not do it
   * @throws IOException when the connection broke
   */
  void open(Socket toProxy, Peer target) throws IOException;

  /** In the language of that proxy. */
  static Tunnel through(ProxyServer proxy) {
    return proxy.http() ? new ConnectTunnel(proxy) : new SocksTunnel(proxy);
  }
}
