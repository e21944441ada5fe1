package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.testing.NeedsPeer;
import org.candor.http.testing.PeerProcess;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges through proxies as people run them. */
@Timeout(30)
class RealProxiesTest {

  private static final Script OK =
      visit -> {
        visit.read();
        visit.answer(200, "X-From: target\r\n", "ok");
      };

  @TempDir Path directory;
  private String authority;

  @BeforeEach
  void authority() throws IOException {
    authority = SocketServer.authority(directory).toString();
  }

  @Test
  @NeedsPeer("squid")
  void squid() throws Exception {
    try (PeerProcess proxy = RealProxies.squid(false)) {
      passesOn("http://" + proxy.place(), "squid");
      seesAProxyThatCannotGetThere(proxy, "http");
    }
  }

  @Test
  @NeedsPeer("squid")
  void squidWithALogin() throws Exception {
    try (PeerProcess proxy = RealProxies.squid(true)) {
      passesOn("http://" + RealProxies.LOGIN + "@" + proxy.place(), "squid");
      wantsTheRightLogin(proxy, "http", "https");
      wantsTheRightLogin(proxy, "http", "http");
    }
  }

  @Test
  @NeedsPeer("squid")
  void squidWhoseRulesForbidIt() throws Exception {
    try (SocketServer target = SocketServer.https("localhost", OK);
        SocketServer plain = SocketServer.http(OK);
        PeerProcess proxy =
            RealProxies.squid(
                false,
                "acl port port " + target.uri("").getPort() + " " + plain.uri("").getPort(),
                "http_access deny port")) {
      assertThatThrownBy(() -> call("http://" + proxy.place(), target.proxied("/")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "the proxy " + proxy.place() + " refused to connect to it (HTTP 403)");
      assertThatThrownBy(() -> call("http://" + proxy.place(), plain.proxied("/")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "the proxy " + proxy.place() + " did not pass the request on (HTTP 403)");
      assertThat(target.visits() + plain.visits()).isZero();
    }
  }

  @Test
  @NeedsPeer("tinyproxy")
  void tinyproxy() throws Exception {
    try (PeerProcess proxy = RealProxies.tinyproxy(false)) {
      passesOn("http://" + proxy.place(), "tinyproxy");
      seesAProxyThatCannotGetThere(proxy, "http");
    }
  }

  @Test
  @NeedsPeer("tinyproxy")
  void tinyproxyWithALogin() throws Exception {
    try (PeerProcess proxy = RealProxies.tinyproxy(true)) {
      passesOn("http://" + RealProxies.PLAIN_LOGIN + "@" + proxy.place(), "tinyproxy");
      wantsTheRightLogin(proxy, "http", "https");
      wantsTheRightLogin(proxy, "http", "http");
    }
  }

  @Test
  @NeedsPeer("microsocks")
  void microsocks() throws Exception {
    try (PeerProcess proxy = RealProxies.microsocks(false)) {
      passesOn("socks5://" + proxy.place(), "");
      passesOn("socks5h://" + proxy.place(), "");
      seesAProxyThatCannotGetThere(proxy, "socks5");
    }
  }

  @Test
  @NeedsPeer("microsocks")
  void microsocksWithALogin() throws Exception {
    try (PeerProcess proxy = RealProxies.microsocks(true)) {
      passesOn("socks5://" + RealProxies.LOGIN + "@" + proxy.place(), "");
      wantsTheRightLogin(proxy, "socks5", "https");
      wantsTheRightLogin(proxy, "socks5", "http");
    }
  }

  /** With and without TLS, by the file and by the environment, and with the target verified. */
  private void passesOn(String proxy, String via) throws Exception {
    try (SocketServer secure = SocketServer.https("localhost", OK);
        SocketServer plain = SocketServer.http(OK);
        SocketServer impostor = SocketServer.https("elsewhere", OK);
        LocalTransport byEnvironment = LocalTransport.in(Map.of("HTTP_PROXY", proxy))) {
      assertThat(call(proxy, secure.proxied("/a%2Fb?c=d%20e")).body().utf8()).isEqualTo("ok");
      assertThat(call(proxy, plain.proxied("/a%2Fb?c=d%20e")).body().utf8()).isEqualTo("ok");
      HttpCall post = HttpCall.post(plain.proxied("/"), "text/plain", Bytes.utf8("body")).gzipped();
      assertThat(byEnvironment.exchange(post, soon()).status()).isEqualTo(200);
      assertThat(plain.requests().get(1).unzipped()).asString().isEqualTo("body");

      for (SocketServer target : new SocketServer[] {secure, plain}) {
        Request request = target.requests().get(0);
        assertThat(request.line()).isEqualTo("GET /a%2Fb?c=d%20e HTTP/1.1");
        assertThat(request.headers().toString()).doesNotContainIgnoringCase("proxy-auth");
      }
      assertThat(plain.requests().get(0).header("Via")).contains(via);
      assertThat(secure.requests().get(0).header("Via")).isEmpty();

      assertThatThrownBy(() -> call(proxy, impostor.proxied("/")))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("through the proxy 127.0.0.1:")
          .hasMessageContaining("presents a certificate that is not trusted for this name");
      assertThat(impostor.requests()).isEmpty();
    }
  }

  private void wantsTheRightLogin(PeerProcess proxy, String proxyScheme, String scheme)
      throws Exception {
    try (SocketServer target =
        scheme.equals("http") ? SocketServer.http(OK) : SocketServer.https("localhost", OK)) {
      String start = " was not reached: the proxy " + proxy.place();
      assertThatThrownBy(() -> call(proxyScheme + "://" + proxy.place(), target.proxied("/")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(start + " requires a user and password");
      String wrong = proxyScheme + "://" + RealProxies.LOGIN + "x@" + proxy.place();
      assertThatThrownBy(() -> call(wrong, target.proxied("/")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(start + " does not accept the user and password")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cr", RealProxies.USER));
      assertThat(target.visits()).isZero();
    }
  }

  private void seesAProxyThatCannotGetThere(PeerProcess proxy, String proxyScheme)
      throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    for (String scheme : new String[] {"http", "https"}) {
      assertThatThrownBy(
              () ->
                  call(
                      proxyScheme + "://" + proxy.place(),
                      URI.create(scheme + "://LOCALHOST:" + nobody + "/")))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "LOCALHOST:" + nobody + " was not reached: the proxy " + proxy.place());
    }
  }

  private HttpAnswer call(String proxy, URI target) throws IOException {
    try (LocalTransport transport = LocalTransport.through(proxy, authority)) {
      return transport.exchange(HttpCall.get(target), soon());
    }
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }
}
