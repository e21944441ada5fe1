package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.candor.api.Bytes;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.ProxyScripts;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to a target through proxies of all kinds. */
@Timeout(20)
class ProxiedTransportTest extends ThroughProxy {

  @ParameterizedTest
  @ValueSource(strings = {"", LOGIN})
  void anHttpsTargetIsReachedByConnect(String login) throws Exception {
    try (SocketServer target = SocketServer.https("elsewhere", OK);
        SocketServer proxy = SocketServer.http(ProxyScripts.connect(target));
        LocalTransport transport = through(proxy, "http", login)) {
      HttpCall call = HttpCall.get(URI.create("https://elsewhere.example/a?b"));

      assertThat(transport.exchange(call, soon()).body().utf8()).isEqualTo("ok");

      Request connect = proxy.requests().get(0);
      assertThat(connect.line()).isEqualTo("CONNECT elsewhere.example:443 HTTP/1.1");
      assertThat(connect.headers()).contains("Host: elsewhere.example:443", "User-Agent: Candor");
      assertThat(connect.header("Proxy-Authorization")).isEqualTo(login.isEmpty() ? "" : BASIC);
      Request request = target.requests().get(0);
      assertThat(request.line()).isEqualTo("GET /a?b HTTP/1.1");
      assertThat(request.header("Host")).isEqualTo("elsewhere.example");
      assertThat(request.header("Proxy-Authorization")).isEmpty();
      assertThat(lookedUp).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", LOGIN})
  void anHttpTargetIsForwardedTo(String login) throws Exception {
    try (SocketServer proxy = SocketServer.http(OK);
        LocalTransport transport = through(proxy, "http", login)) {
      HttpCall call =
          HttpCall.post(
              URI.create("http://target.example:8080/a%2Fb?c=d%20e"),
              "text/plain",
              Bytes.utf8("body"));

      assertThat(transport.exchange(call, soon()).body().utf8()).isEqualTo("ok");

      Request request = proxy.requests().get(0);
      assertThat(request.line())
          .isEqualTo("POST http://target.example:8080/a%2Fb?c=d%20e HTTP/1.1");
      assertThat(request.header("Host")).isEqualTo("target.example:8080");
      assertThat(request.header("Proxy-Authorization")).isEqualTo(login.isEmpty() ? "" : BASIC);
      assertThat(request.body()).asString().isEqualTo("body");
      assertThat(lookedUp).isEmpty();
    }
  }

  @Test
  void tlsIsSpokenToTheProxyItself() throws Exception {
    try (SocketServer target = SocketServer.https("elsewhere", OK);
        SocketServer tunnel = SocketServer.https("localhost", ProxyScripts.connect(target));
        SocketServer forwarder = SocketServer.https("localhost", OK);
        LocalTransport byTunnel = through(tunnel, "https", LOGIN);
        LocalTransport byForwarder = through(forwarder, "https", LOGIN)) {
      HttpCall secure = HttpCall.get(URI.create("https://elsewhere.example/"));
      assertThat(byTunnel.exchange(secure, soon()).body().utf8()).isEqualTo("ok");
      assertThat(tunnel.requests().get(0).header("Proxy-Authorization")).isEqualTo(BASIC);

      HttpCall plain = HttpCall.get(URI.create("http://elsewhere.example/"));
      assertThat(byForwarder.exchange(plain, soon()).body().utf8()).isEqualTo("ok");
      assertThat(forwarder.requests().get(0).line())
          .isEqualTo("GET http://elsewhere.example/ HTTP/1.1");
    }
  }

  @Test
  void aProxyThatIsNotTrustedGetsNoLogin() throws Exception {
    try (SocketServer proxy = SocketServer.https("elsewhere", OK);
        LocalTransport transport = through(proxy, "https", LOGIN)) {
      assertThatThrownBy(() -> transport.exchange(call("https://elsewhere.example/"), soon()))
          .isInstanceOf(SSLException.class)
          .hasMessageStartingWith(
              "elsewhere.example:443 was not reached: the proxy "
                  + proxy.place()
                  + " presents a certificate that is not trusted for this name")
          .hasMessageContaining("caFile of etc/org.candor.http.cfg");
      assertThat(proxy.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void theTargetHasToProveItsNameThroughAProxyToo(String scheme) throws Exception {
    try (SocketServer target = SocketServer.https("elsewhere", OK);
        SocketServer proxy =
            SocketServer.http(
                scheme.equals("http")
                    ? ProxyScripts.connect(target)
                    : ProxyScripts.socks(target, false));
        LocalTransport transport = through(proxy, scheme, "");
        LocalTransport stranger = LocalTransport.through(url(proxy, scheme, ""), "")) {
      assertThatThrownBy(() -> transport.exchange(call("https://another.example/"), soon()))
          .isInstanceOf(SSLException.class)
          .hasMessageStartingWith(
              "another.example:443 through the proxy "
                  + proxy.place()
                  + " presents a certificate that is not trusted for this name");
      assertThatThrownBy(() -> stranger.exchange(call("https://elsewhere.example/"), soon()))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("not trusted");
      assertThat(target.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"socks5, false", "socks5, true", "socks5h, false", "socks5h, true"})
  void socksIsToldTheNameAsItIs(String scheme, boolean wantsLogin) throws Exception {
    try (SocketServer target = SocketServer.https("elsewhere", OK);
        SocketServer proxy = SocketServer.http(ProxyScripts.socks(target, wantsLogin));
        LocalTransport transport = through(proxy, scheme, wantsLogin ? LOGIN : "")) {
      assertThat(transport.exchange(call("https://elsewhere.example/"), soon()).body().utf8())
          .isEqualTo("ok");

      assertThat(ProxyScripts.noted(proxy, "methods"))
          .containsExactly(wantsLogin ? "\u0000\u0002" : "\u0000");
      assertThat(ProxyScripts.noted(proxy, "address 3")).containsExactly("elsewhere.example");
      assertThat(ProxyScripts.noted(proxy, "port")).containsExactly("\u0001\u00bb");
      if (wantsLogin) {
        assertThat(ProxyScripts.noted(proxy, "user")).containsExactly("some@body");
        assertThat(ProxyScripts.noted(proxy, "password")).containsExactly("s3cr:et/");
      }
      assertThat(lookedUp).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.1.2.3:8080/, address 1, 0a010203",
    "http://[2001:db8::1]:8080/, address 4, 20010db8000000000000000000000001"
  })
  void socksIsToldAnAddressAsOne(URI uri, String kind, String bytes) throws Exception {
    try (SocketServer target = SocketServer.http(OK);
        SocketServer proxy = SocketServer.http(ProxyScripts.socks(target, false));
        LocalTransport transport = through(proxy, "socks5", LOGIN)) {
      assertThat(transport.exchange(HttpCall.get(uri), soon()).body().utf8()).isEqualTo("ok");

      String address = ProxyScripts.noted(proxy, kind).get(0);
      assertThat(HexFormat.of().formatHex(address.getBytes(StandardCharsets.ISO_8859_1)))
          .isEqualTo(bytes);
      assertThat(target.requests().get(0).line()).isEqualTo("GET / HTTP/1.1");
    }
  }

  @Test
  void onlyTheNameOfTheProxyIsLookedUp() throws Exception {
    try (SocketServer proxy = SocketServer.http(OK);
        LocalTransport transport =
            LocalTransport.open(
                Keys.of("", "5s", "5s").through("http://proxy.example:" + proxy.uri("").getPort()),
                this::loopback)) {
      transport.exchange(call("http://target.example/"), soon());
      assertThat(lookedUp).containsExactly("proxy.example");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, 401, 'WWW-Authenticate: Basic'",
    "http, 403, 'Via: 1.1 proxy (squid/5.7)'",
    "http, 200, 'Server: tinyproxy/1.11.1'",
    "https, 407, 'Proxy-Authenticate: Basic'",
    "https, 403, 'X-Squid-Error: ERR_ACCESS_DENIED 0'"
  })
  void theTargetsOwnNoIsHandedOn(String scheme, int status, String header) throws Exception {
    Script script = answering(status, header + "\r\n", "no");
    try (SocketServer target = SocketServer.https("elsewhere", script);
        SocketServer proxy =
            SocketServer.http(scheme.equals("http") ? script : ProxyScripts.connect(target));
        LocalTransport transport = through(proxy, "http", LOGIN)) {
      HttpCall call = call(scheme + "://elsewhere.example/");
      assertThat(transport.exchange(call, soon()).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"http, http", "http, https", "https, https", "socks5, http", "socks5, https"})
  void theMostTalkativeLogShowsNoCredential(String proxyScheme, String scheme) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (SocketServer target =
            scheme.equals("http") ? SocketServer.http(OK) : SocketServer.https("elsewhere", OK);
        SocketServer proxy = proxy(proxyScheme, scheme, target)) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      try (LocalTransport transport = through(proxy, proxyScheme, LOGIN)) {
        HttpCall call =
            call(scheme + "://elsewhere.example/").with("Authorization", "Basic c2VjcmV0");
        assertThat(transport.exchange(call, soon()).status()).isEqualTo(200);
        transport.modify(Keys.of("", "1s", "1s").through("htp://" + LOGIN + "@proxy:1"));
      }
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("DEBUG org.apache.hc.client5")
        .contains("proxy = htp://***@proxy:1 is refused", "It stays " + proxyScheme + "://***@127")
        .doesNotContain("c2VjcmV0", BASIC.substring(6), "some%40body", "s3cr", "some@body");
  }

  private static SocketServer proxy(String proxyScheme, String scheme, SocketServer target)
      throws Exception {
    Script tunnel = ProxyScripts.connect(target);
    return switch (proxyScheme) {
      case "socks5" -> SocketServer.http(ProxyScripts.socks(target, true));
      case "https" -> SocketServer.https("localhost", tunnel);
      default -> SocketServer.http(scheme.equals("http") ? OK : tunnel);
    };
  }
}
