package org.candor.http.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.candor.http.testing.SocketServer.Script;

/** Scripts of proxies that know one target only, whatever they are asked for. */
public final class ProxyScripts {

  private ProxyScripts() {}

  /** Tunnels by CONNECT; what it was asked with is one of its requests. */
  public static Script connect(SocketServer target) {
    return visit -> {
      visit.read();
      visit.write("HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n");
      visit.relay(target);
    };
  }

  /** Reads a request and says the same whatever it is. */
  public static Script says(String answer) {
    return visit -> {
      visit.read();
      visit.write(answer);
    };
  }

  /**
   * Tunnels by SOCKS 5; the bytes that it was asked with are the bodies of its requests: the
   * methods, the login if it wants one, and the target.
   *
   * @param wantsLogin whether it takes nobody without
   */
  public static Script socks(SocketServer target, boolean wantsLogin) {
    return visit -> {
      byte[] methods = new byte[visit.take(2)[1]];
      System.arraycopy(visit.take(methods.length), 0, methods, 0, methods.length);
      visit.note("methods", methods);
      visit.write(new byte[] {5, (byte) (wantsLogin ? 2 : 0)});
      if (wantsLogin) {
        byte[] user = visit.take(visit.take(2)[1] & 0xff);
        byte[] password = visit.take(visit.take(1)[0] & 0xff);
        visit.note("user", user);
        visit.note("password", password);
        visit.write(new byte[] {1, 0});
      }
      byte[] kind = visit.take(4);
      int length =
          switch (kind[3]) {
            case 1 -> 4;
            case 4 -> 16;
            default -> visit.take(1)[0] & 0xff;
          };
      visit.note("address " + kind[3], visit.take(length));
      visit.note("port", visit.take(2));
      visit.write(new byte[] {5, 0, 0, 3, 1, 'x', 0, 0});
      visit.relay(target);
    };
  }

  /** Answers each message with the next of these, whatever it is, and then leaves. */
  public static Script inTurn(List<byte[]> answers) {
    return visit -> {
      for (byte[] answer : answers) {
        visit.someBytes();
        visit.write(answer);
      }
      visit.leave();
    };
  }

  /** What {@link #socks} noted under a name, as text. */
  public static List<String> noted(SocketServer proxy, String name) {
    return proxy.requests().stream()
        .filter(request -> request.line().equals(name))
        .map(request -> new String(request.body(), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
