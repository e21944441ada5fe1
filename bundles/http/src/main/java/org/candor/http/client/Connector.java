package org.candor.http.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Connects by the way of one exchange. Of tunnels the client above knows nothing: its own take a
 * proxy's refusal for the target's answer, and its SOCKS, which is the JDK's, asks {@link
 * java.net.Authenticator} for the login, which is the whole JVM's.
 */
final class Connector implements HttpClientConnectionOperator {

  private final HttpClientConnectionOperator straight;
  private final PeerRoute way;
  private final ExceptionTranslator trouble;

  private Connector(
      HttpClientConnectionOperator straight, PeerRoute way, ExceptionTranslator trouble) {
    this.straight = straight;
    this.way = way;
    this.trouble = trouble;
  }

  /**
   * @param trusted when TLS is spoken on the way
   */
  static Connector over(
      ConnectionScope line,
      HostResolver names,
      Optional<SSLContext> trusted,
      PeerRoute way,
      ExceptionTranslator trouble) {
    Optional<TlsSocketStrategy> tls = trusted.map(VerifiedTls::new);
    HttpClientConnectionOperator straight =
        new DefaultHttpClientConnectionOperator(
            line, null, names, scheme -> "https".equals(scheme) ? tls.orElseThrow() : null);
    return new Connector(straight, way, trouble);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost target,
      InetSocketAddress localAddress,
      TimeValue timeout,
      SocketConfig config,
      HttpContext context)
      throws IOException {
    if (way.proxy().isEmpty()) {
      straight.connect(connection, target, localAddress, timeout, config, context);
      return;
    }
    ProxyServer proxy = way.proxy().get();
    try {
      HttpHost first = ProxyRoutePlanner.host(proxy.peer());
      straight.connect(connection, first, localAddress, timeout, config, context);
      if (way.forwarder().isEmpty()) {
        Tunnel.through(proxy).open(connection.getSocket(), way.target());
      }
    } catch (IOException e) {
      throw new ExplainedException(trouble.onTheWay(e), e);
    }
    if (way.target().secure()) {
      secure(connection, target, timeout, context);
    }
  }

  private void secure(
      ManagedHttpClientConnection connection,
      HttpHost target,
      TimeValue timeout,
      HttpContext context)
      throws IOException {
    Socket socket = connection.getSocket();
    int before = socket.getSoTimeout();
    socket.setSoTimeout(timeout.toMillisecondsIntBound());
    straight.upgrade(connection, target, context);
    socket.setSoTimeout(before);
  }

  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
      throws IOException {
    straight.upgrade(connection, host, context);
  }
}
