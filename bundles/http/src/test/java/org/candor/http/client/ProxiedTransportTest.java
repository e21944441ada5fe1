package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpCall;
import org.candor.http.Receipts;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.ProxyScripts;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ProxiedTransportTest {

  private static final Duration SLACK = Duration.ofMillis(200);
  private static final String LOGIN = "some%40body:s3cr%3Aet%2F";
  private static final String BASIC = "Basic c29tZUBib2R5OnMzY3I6ZXQv";

  private static final Script OK =
      visit -> {
        visit.read();
        visit.answer(200, "", "ok");
      };

  @TempDir Path directory;
  private final List<String> lookedUp = new CopyOnWriteArrayList<>();
  private String authority;

  @BeforeEach
  void authority() throws IOException {
    authority = SocketServer.authority(directory).toString();
  }

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
                  + " shows a certificate that is not trusted for this name")
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
                  + " shows a certificate that is not trusted for this name");
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

  static Stream<Arguments> proxiesThatDoNotConnect() {
    String echo = " " + BASIC + "\r\nX: " + BASIC + "\r\nContent-Length: 34\r\n\r\n" + BASIC;
    return Stream.of(
        Arguments.of("", says("HTTP/1.1 407 X\r\n\r\n"), "wants a user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 407" + echo), "does not accept the user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 401" + echo), "does not accept the user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 403" + echo), "refused to connect to it (HTTP 403)"),
        Arguments.of(LOGIN, says("HTTP/1.0 502" + echo), "refused to connect to it (HTTP 502)"),
        Arguments.of(LOGIN, says("HTTP/1.1 302" + echo), "refused to connect to it (HTTP 302)"),
        Arguments.of(LOGIN, says("HTTP/1.1 100\r\n\r\nHTTP/1.1 503\r\n\r\n"), "(HTTP 503)"),
        Arguments.of(LOGIN, says(BASIC + "\r\n\r\n"), "answered with something that is no HTTP"),
        Arguments.of(LOGIN, says("HTTP/2 200\r\n\r\n"), "answered with something that is no HTTP"),
        Arguments.of(LOGIN, says("HTTP/1.1 200 OK\r\n"), "closed the connection in the middle"),
        Arguments.of(LOGIN, says(""), "closed the connection"),
        Arguments.of(LOGIN, Misbehaviour.RESETS, "broke the connection off"),
        Arguments.of(LOGIN, Misbehaviour.SENDS_AN_ENDLESS_HEADER, "sent more headers than fit"),
        Arguments.of(LOGIN, Misbehaviour.SENDS_ENDLESS_HEADERS, "sent more headers than fit"));
  }

  @ParameterizedTest
  @MethodSource("proxiesThatDoNotConnect")
  void aConnectThatFailsTellsOfTheProxyAndNeverOfThePayload(String login, Script script, String why)
      throws Exception {
    try (SocketServer proxy = SocketServer.http(script);
        LocalTransport transport = through(proxy, "http", login)) {
      failsOnTheWay(transport, proxy, "https://elsewhere.example/", "elsewhere.example:443", why);
    }
  }

  static Stream<Arguments> proxiesThatDoNotSpeakSocksAsTheyShould() {
    byte[] fine = {5, 0};
    byte[] login = {5, 2};
    return Stream.of(
        Arguments.of("", List.of(bytes(4, 0)), "does not speak SOCKS of version 5"),
        Arguments.of("", List.of(bytes('H', 'T')), "does not speak SOCKS of version 5"),
        Arguments.of("", List.of(bytes(5, 0xff)), "wants a user and password"),
        Arguments.of("", List.of(login), "wants a way of logging in that nobody offered"),
        Arguments.of(LOGIN, List.of(bytes(5, 1)), "wants a way of logging in that nobody offered"),
        Arguments.of(LOGIN, List.of(bytes(5, 0xff)), "does not accept the user and password"),
        Arguments.of(LOGIN, List.of(login, bytes(1, 1)), "does not accept the user and password"),
        Arguments.of(LOGIN, List.of(login, bytes(5, 0)), "does not speak SOCKS of version 5"),
        Arguments.of("", List.of(fine, bytes(5, 1, 0, 1)), "it failed, without saying why"),
        Arguments.of("", List.of(fine, bytes(5, 2, 0, 1)), "its rules forbid it"),
        Arguments.of("", List.of(fine, bytes(5, 4, 0, 1)), "its name is not known there"),
        Arguments.of("", List.of(fine, bytes(5, 5, 0, 1)), "the connection was refused"),
        Arguments.of("", List.of(fine, bytes(5, 77, 0, 1)), "reply 77"),
        Arguments.of("", List.of(fine, bytes(5, 0, 0, 9)), "does not speak SOCKS of version 5"),
        Arguments.of("", List.of(fine, bytes(0, 0)), "does not speak SOCKS of version 5"),
        Arguments.of("", List.of(bytes(5)), "closed the connection in the middle"),
        Arguments.of("", List.of(fine), "closed the connection in the middle"),
        Arguments.of(
            "", List.of(fine, bytes(5, 0, 0, 1, 7)), "closed the connection in the middle"),
        Arguments.of(LOGIN, List.of(login, bytes(1)), "closed the connection in the middle"));
  }

  @ParameterizedTest
  @MethodSource("proxiesThatDoNotSpeakSocksAsTheyShould")
  void aSocksHandshakeThatFailsIsExplained(String login, List<byte[]> answers, String why)
      throws Exception {
    try (SocketServer proxy = SocketServer.http(ProxyScripts.inTurn(answers));
        LocalTransport transport = through(proxy, "socks5", login)) {
      failsOnTheWay(transport, proxy, "https://elsewhere.example/", "elsewhere.example:443", why);
    }
  }

  @Test
  void aNameThatIsTooLongForSocksIsNotCutOff() throws Exception {
    String host = "a.".repeat(130) + "example";
    try (SocketServer target = SocketServer.http(OK);
        SocketServer proxy = SocketServer.http(ProxyScripts.socks(target, false));
        LocalTransport transport = through(proxy, "socks5", "")) {
      failsOnTheWay(
          transport, proxy, "http://" + host + "/", host + ":80", "a name of more than 255 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "407 | Proxy-Authenticate: Basic realm=\"x\" | does not accept the user and password",
        "401 | Server: tinyproxy/1.11.1            | does not accept the user and password",
        "403 | X-Squid-Error: ERR_ACCESS_DENIED 0  | did not pass the request on (HTTP 403)",
        "400 | Server: tinyproxy/1.11.1            | did not pass the request on (HTTP 400)",
        "502 | Proxy-Status: p; error=dns_error    | did not pass the request on (HTTP 502)",
      })
  void theNoOfAForwarderIsNotTakenForTheTargets(int status, String header, String why)
      throws Exception {
    Script script = answering(status, header + "\r\nX: " + BASIC + "\r\n", "Sent: " + BASIC);
    try (SocketServer proxy = SocketServer.http(script);
        LocalTransport transport = through(proxy, "http", LOGIN)) {
      failsOnTheWay(transport, proxy, "http://elsewhere.example/", "elsewhere.example:80", why);
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
  @ValueSource(strings = {"http", "https", "socks5"})
  void aProxyThatIsNotThere(String scheme) throws Exception {
    // Bound, so that no other process gets the port, and not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String place = "127.0.0.1:" + taken.getLocalPort();
      try (LocalTransport transport =
          LocalTransport.through(scheme + "://" + LOGIN + "@" + place, "")) {
        assertThatThrownBy(() -> transport.exchange(call("https://elsewhere.example/"), soon()))
            .isInstanceOf(ConnectException.class)
            .hasMessage(
                "elsewhere.example:443 was not reached: the proxy "
                    + place
                    + " refused the connection");
      }
    }
    try (LocalTransport transport =
        LocalTransport.open(
            Keys.of("", "5s", "5s").through(scheme + "://" + LOGIN + "@no.example"),
            host -> {
              throw new UnknownHostException(host);
            })) {
      assertThatThrownBy(() -> transport.exchange(call("http://elsewhere.example/"), soon()))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage(
              "elsewhere.example:80 was not reached: no address is known for the proxy no.example");
    }
  }

  static Stream<Arguments> placesToHang() {
    return Stream.of(
        Arguments.of("http", List.of()),
        Arguments.of("http", List.of("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8))),
        // The tunnel is there, and the handshake with the target hangs.
        Arguments.of("http", List.of("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
        Arguments.of("https", List.of()),
        Arguments.of("socks5", List.of()),
        Arguments.of("socks5", List.of(bytes(5))),
        Arguments.of("socks5", List.of(bytes(5, 2))),
        Arguments.of("socks5", List.of(bytes(5, 2), bytes(1, 0))),
        Arguments.of("socks5", List.of(bytes(5, 0), bytes(5, 0, 0))),
        Arguments.of("socks5", List.of(bytes(5, 0), bytes(5, 0, 0, 1, 0, 0, 0, 0, 0, 0))));
  }

  @ParameterizedTest
  @MethodSource("placesToHang")
  void aProxyThatHangsIsLeftAtOnceWhenCalledOffAndInTimeAnyway(String scheme, List<byte[]> answers)
      throws Exception {
    CompletableFuture<Void> hangs = new CompletableFuture<>();
    Script script =
        visit -> {
          for (byte[] answer : answers) {
            visit.someBytes();
            visit.write(answer);
          }
          hangs.complete(null);
          visit.hang();
        };
    HttpCall call = call("https://elsewhere.example/");
    try (SocketServer proxy = SocketServer.http(script);
        LocalTransport transport = through(proxy, scheme, LOGIN)) {
      Deadline deadline = soon();
      CompletableFuture<Throwable> end = failing(transport, call, deadline);
      hangs.get(5, TimeUnit.SECONDS);
      long start = System.nanoTime();
      deadline.cancel();
      assertThat(end.get(5, TimeUnit.SECONDS))
          .isInstanceOf(InterruptedIOException.class)
          .isNotInstanceOf(SocketTimeoutException.class)
          .hasMessage(
              "The exchange with elsewhere.example:443 through the proxy "
                  + proxy.place()
                  + " was called off");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SLACK);
    }
    try (SocketServer proxy = SocketServer.http(script);
        LocalTransport transport =
            LocalTransport.open(Keys.of("", "10s", "200ms").through(url(proxy, scheme, LOGIN)))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(
              "elsewhere.example:443 through the proxy "
                  + proxy.place()
                  + " did not finish its answer within 200 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(Duration.ofMillis(200).plus(SLACK));
    }
  }

  @Test
  void stoppingEndsATunnelThatIsBeingOpened() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    Script script =
        visit -> {
          visit.read();
          asked.complete(null);
          visit.hang();
        };
    try (SocketServer proxy = SocketServer.http(script)) {
      LocalTransport transport = through(proxy, "http", "");
      CompletableFuture<Throwable> end =
          failing(transport, call("https://elsewhere.example/"), soon());
      asked.get(5, TimeUnit.SECONDS);
      transport.close();
      assertThat(end.get(1, TimeUnit.SECONDS)).hasMessageContaining("HTTP is stopped here");
    }
  }

  @Test
  void theEnvironmentCountsUntilTheFileSaysOtherwise() throws Exception {
    try (SocketServer target = SocketServer.http(OK);
        SocketServer one = SocketServer.http(OK);
        SocketServer other = SocketServer.http(OK);
        LocalTransport transport =
            LocalTransport.in(Map.of("http_proxy", one.place(), "NO_PROXY", ".internal.example"))) {
      HttpCall call = HttpCall.get(target.proxied("/"));
      Keys keys = Keys.of("", "10s", "30s");

      transport.exchange(call, soon());
      assertThat(visits(one, other, target)).containsExactly(1, 0, 0);
      transport.modify(keys.through(url(other, "http", "")));
      transport.exchange(call, soon());
      assertThat(visits(one, other, target)).containsExactly(1, 1, 0);
      // Targets on this machine and those of NO_PROXY stay exempt.
      transport.exchange(HttpCall.get(target.uri("/")), soon());
      assertThat(visits(one, other, target)).containsExactly(1, 1, 1);
      assertThatThrownBy(() -> transport.exchange(call("http://a.internal.example/"), spent()))
          .hasMessageStartingWith("a.internal.example:80 did not");
      transport.modify(keys.through("None"));
      transport.exchange(HttpCall.get(target.uri("/")), soon());
      assertThatThrownBy(() -> transport.exchange(call("http://target.example/"), spent()))
          .hasMessageStartingWith("target.example:80 did not");
      assertThat(visits(one, other, target)).containsExactly(1, 1, 2);
      transport.modify(keys.through(" "));
      transport.exchange(call, soon());
      assertThat(visits(one, other, target)).containsExactly(2, 1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo://user:secret@proxy:1 | by the scheme foo://, where only http://, https://, socks5://",
        "socks4://proxy            | by the scheme socks4://",
        "http://:3128              | without a host",
        "http://user:secret@proxy:99999 | at a port that is none from 1 to 65535",
      })
  void aProxyThatCannotBeUsedIsNotWalkedAround(String proxy, String why) throws Exception {
    try (LocalTransport transport = LocalTransport.in(Map.of("HTTP_PROXY", proxy))) {
      assertThatThrownBy(() -> transport.exchange(call("http://target.example/"), soon()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "target.example:80 was not reached: the environment names a proxy " + why)
          .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"));
    }
  }

  @Test
  void anHttpProxyInCgiIsTroubleThatPasses() throws Exception {
    Map<String, String> environment =
        Map.of("HTTP_PROXY", "http://user:secret@proxy", "REQUEST_METHOD", "GET");
    try (SocketServer target = SocketServer.http(OK);
        LocalTransport transport = LocalTransport.in(environment)) {
      HttpCall call = HttpCall.get(target.uri("/"));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("REQUEST_METHOD")
          .hasMessageContaining("proxy in etc/org.candor.http.cfg")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"));
      assertThat(target.visits()).isZero();

      transport.modify(Keys.of("", "10s", "30s").through("none"));
      assertThat(transport.exchange(call, soon()).status()).isEqualTo(200);
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

  private static void failsOnTheWay(
      LocalTransport transport, SocketServer proxy, String uri, String target, String why) {
    List<IOException> failures = new ArrayList<>();
    assertThatThrownBy(() -> transport.exchange(call(uri), soon()))
        .isInstanceOfSatisfying(IOException.class, failures::add)
        .isNotInstanceOf(InterruptedIOException.class)
        .hasMessageStartingWith(target + " was not reached: the proxy " + proxy.place() + " ")
        .hasMessageContaining(why);
    Receipt receipt = new Receipts(Clock.systemUTC()).of(failures.get(0));
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    for (Throwable e = failures.get(0); e != null; e = e.getCause()) {
      assertThat(e.toString()).doesNotContain(BASIC.substring(6), "some%", "some@", "s3cr");
    }
  }

  private LocalTransport through(SocketServer proxy, String scheme, String login) {
    return LocalTransport.open(
        Keys.of(authority, "10s", "30s").through(url(proxy, scheme, login)), this::loopback);
  }

  private static String url(SocketServer proxy, String scheme, String login) {
    return scheme + "://" + (login.isEmpty() ? "" : login + "@") + proxy.place();
  }

  private InetAddress[] loopback(String host) {
    lookedUp.add(host);
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private static List<Integer> visits(SocketServer... servers) {
    return Stream.of(servers).map(SocketServer::visits).toList();
  }

  private static Script says(String answer) {
    return ProxyScripts.says(answer);
  }

  private static Script answering(int status, String headers, String body) {
    return visit -> {
      visit.read();
      visit.answer(status, headers, body);
    };
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static CompletableFuture<Throwable> failing(
      LocalTransport transport, HttpCall call, Deadline deadline) {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                transport.stream(call, deadline, InputStream::readAllBytes);
                end.complete(new AssertionError("it did not fail"));
              } catch (IOException | RuntimeException e) {
                end.complete(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private static HttpCall call(String uri) {
    return HttpCall.get(URI.create(uri));
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  /** Has a transport say whom it would ask, without asking. */
  private static Deadline spent() {
    return Deadline.after(Duration.ZERO, Clock.systemUTC());
  }
}
