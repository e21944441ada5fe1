package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Deadline;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpCall;
import org.candor.http.Receipts;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.ProxyScripts;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that fails, refuses or hangs is told from its target, and gets blamed. */
@Timeout(20)
class ProxyTroubleTest extends ThroughProxy {

  private static final Duration SLACK = Duration.ofMillis(200);

  static Stream<Arguments> proxiesThatDoNotConnect() {
    String echo = " " + BASIC + "\r\nX: " + BASIC + "\r\nContent-Length: 34\r\n\r\n" + BASIC;
    return Stream.of(
        Arguments.of("", says("HTTP/1.1 407 X\r\n\r\n"), "requires a user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 407" + echo), "does not accept the user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 401" + echo), "does not accept the user and password"),
        Arguments.of(LOGIN, says("HTTP/1.1 403" + echo), "refused to connect to it (HTTP 403)"),
        Arguments.of(LOGIN, says("HTTP/1.0 502" + echo), "refused to connect to it (HTTP 502)"),
        Arguments.of(LOGIN, says("HTTP/1.1 302" + echo), "refused to connect to it (HTTP 302)"),
        Arguments.of(LOGIN, says("HTTP/1.1 100\r\n\r\nHTTP/1.1 503\r\n\r\n"), "(HTTP 503)"),
        Arguments.of(LOGIN, says(BASIC + "\r\n\r\n"), "answered with something that is not HTTP"),
        Arguments.of(LOGIN, says("HTTP/2 200\r\n\r\n"), "answered with something that is not HTTP"),
        Arguments.of(LOGIN, says("HTTP/1.1 200 OK\r\n"), "closed the connection in the middle"),
        Arguments.of(LOGIN, says(""), "closed the connection"),
        Arguments.of(LOGIN, Misbehaviour.RESETS, "broke off the connection"),
        Arguments.of(LOGIN, Misbehaviour.SENDS_AN_ENDLESS_HEADER, "sent more headers than allowed"),
        Arguments.of(LOGIN, Misbehaviour.SENDS_ENDLESS_HEADERS, "sent more headers than allowed"));
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
        Arguments.of("", List.of(bytes(4, 0)), "does not speak SOCKS version 5"),
        Arguments.of("", List.of(bytes('H', 'T')), "does not speak SOCKS version 5"),
        Arguments.of("", List.of(bytes(5, 0xff)), "requires a user and password"),
        Arguments.of("", List.of(login), "requires an authentication method that was not offered"),
        Arguments.of(
            LOGIN, List.of(bytes(5, 1)), "requires an authentication method that was not offered"),
        Arguments.of(LOGIN, List.of(bytes(5, 0xff)), "does not accept the user and password"),
        Arguments.of(LOGIN, List.of(login, bytes(1, 1)), "does not accept the user and password"),
        Arguments.of(LOGIN, List.of(login, bytes(5, 0)), "does not speak SOCKS version 5"),
        Arguments.of("", List.of(fine, bytes(5, 1, 0, 1)), "it failed, without saying why"),
        Arguments.of("", List.of(fine, bytes(5, 2, 0, 1)), "its rules forbid it"),
        Arguments.of("", List.of(fine, bytes(5, 4, 0, 1)), "its name is not known there"),
        Arguments.of("", List.of(fine, bytes(5, 5, 0, 1)), "the connection was refused"),
        Arguments.of("", List.of(fine, bytes(5, 77, 0, 1)), "reply 77"),
        Arguments.of("", List.of(fine, bytes(5, 0, 0, 9)), "does not speak SOCKS version 5"),
        Arguments.of("", List.of(fine, bytes(0, 0)), "does not speak SOCKS version 5"),
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
                  + " was cancelled");
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

  private static Script says(String answer) {
    return ProxyScripts.says(answer);
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
}
