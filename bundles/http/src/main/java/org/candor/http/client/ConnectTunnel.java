package org.candor.http.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a proxy that speaks HTTP, by the method CONNECT; RFC 9110, section 9.3.6. */
final class ConnectTunnel implements Tunnel {

  private static final int HEAD_LIMIT = 16 * 1024;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  private final ProxyServer proxy;

  ConnectTunnel(ProxyServer proxy) {
    this.proxy = proxy;
  }

  @Override
  public void open(Socket toProxy, Peer target) throws IOException {
    toProxy.getOutputStream().write(request(target).getBytes(StandardCharsets.ISO_8859_1));
    toProxy.getOutputStream().flush();
    int status = status(toProxy.getInputStream());
    while (status / 100 == 1) {
      status = status(toProxy.getInputStream());
    }
    // What tinyproxy says to a wrong password is 401.
    if (status == 407 || status == 401) {
      throw ProxyException.login(proxy);
    }
    if (status / 100 != 2) {
      throw new ProxyException("refused to connect to it (HTTP " + status + ")");
    }
  }

  private String request(Peer target) {
    // The login is the first thing said: an exchange that begins with a 407 costs a connection
    // more.
    return "CONNECT "
        + target
        + " HTTP/1.1\r\nHost: "
        + target
        + "\r\nUser-Agent: Candor\r\n"
        + proxy.login().map(login -> "Proxy-Authorization: " + login.basic() + "\r\n").orElse("")
        + "\r\n";
  }

  private static int status(InputStream in) throws IOException {
    Matcher line = STATUS_LINE.matcher(head(in).lines().findFirst().orElse(""));
    if (!line.matches()) {
      throw new ProxyException("answered with something that is not HTTP");
    }
    return Integer.parseInt(line.group(1));
  }

  /** Reads up to the empty line, and a body not at all: a tunnel that is refused is not used. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    boolean lineIsEmpty = false;
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
      if (head.size() > HEAD_LIMIT) {
        throw new ProxyException("sent more headers than allowed");
      }
      if (next == '\n') {
        if (lineIsEmpty) {
          return head.toString(StandardCharsets.ISO_8859_1);
        }
        lineIsEmpty = true;
      } else if (next != '\r') {
        lineIsEmpty = false;
      }
    }
  }
}
