package org.candor.http.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection for one exchange. Unlike the client's own it never writes headers to the log, where
 * {@code log:set DEBUG} would show the credentials in them; it ends with an ordinary close instead
 * of a reset; and it still reads an answer (a 413, say) that came while the request was refused
 * half way.
 */
final class QuietConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  private static final Http1Config BOUNDS =
      Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(100).build();

  private Optional<SocketException> refused = Optional.empty();

  QuietConnection() {
    // The parser that comes by default knows no bounds, whatever the connection's own are.
    super(BOUNDS, null, null, null, null, null, new DefaultHttpResponseParserFactory(BOUNDS));
  }

  @Override
  public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      super.sendRequestEntity(request);
    } catch (SocketException e) {
      refused = Optional.of(e);
    }
  }

  @Override
  public void flush() throws IOException {
    if (refused.isPresent()) {
      return;
    }
    try {
      super.flush();
    } catch (SocketException e) {
      refused = Optional.of(e);
    }
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    try {
      return super.receiveResponseHeader();
    } catch (IOException e) {
      throw refused.map(IOException.class::cast).orElse(e);
    }
  }

  @Override
  public Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public SSLSession getSSLSession() {
    return getSocket() instanceof SSLSocket tls ? tls.getSession() : null;
  }

  @Override
  public void close(CloseMode mode) {
    super.close(CloseMode.GRACEFUL);
  }

  // A connection that is never kept has nothing to put to sleep.
  @Override
  public void passivate() {}

  @Override
  public void activate() {}
}
