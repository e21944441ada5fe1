package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.candor.api.Deadline;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy counts, of the environment and the file. */
@Timeout(20)
class ProxySettingsTest extends ThroughProxy {

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
        "foo://user:secret@proxy:1 | with the scheme foo://; supported are only http://, https://,"
            + " socks5://",
        "socks4://proxy            | with the scheme socks4://",
        "http://:3128              | without a host",
        "http://user:secret@proxy:99999 | with a port that is not between 1 and 65535",
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

  @Test
  void thePasswordOfAFileIsReadForEachCall() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "s3cr:et/\n");
    try (SocketServer target = SocketServer.http(OK);
        SocketServer proxy = SocketServer.http(OK)) {
      String user = url(proxy, "http", "some%40body");
      Keys keys = Keys.of("", "10s", "30s").through(user).withPasswordFile(file.toString());
      try (LocalTransport transport = LocalTransport.open(keys)) {
        HttpCall call = HttpCall.get(target.proxied("/"));
        transport.exchange(call, soon());
        assertThat(proxy.requests().get(0).header("Proxy-Authorization")).isEqualTo(BASIC);
        Files.writeString(file, "other");
        transport.exchange(call, soon());
        assertThat(proxy.requests().get(1).header("Proxy-Authorization"))
            .isEqualTo(new ProxyCredentials("some@body", "other").basic());

        Files.delete(file);
        assertThatThrownBy(() -> transport.exchange(call, soon()))
            .isInstanceOf(IOException.class)
            .hasMessageEndingWith(
                " was not reached: proxyPasswordFile = "
                    + file
                    + " in etc/org.candor.http.cfg does not exist");
        assertThat(problems(transport)).containsExactly("proxyPasswordFile = " + file);
        // What goes straight needs no proxy's password.
        transport.exchange(HttpCall.get(target.uri("/")), soon());
        Files.writeString(file, "third");
        transport.exchange(call, soon());
        assertThat(problems(transport)).isEmpty();
        assertThat(visits(proxy, target)).containsExactly(3, 1);
      }
    }
  }

  @Test
  void aPasswordFileWithoutAUserOrBesideAnotherPasswordIsAMistake() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "s3cret");
    try (SocketServer target = SocketServer.http(OK);
        SocketServer proxy = SocketServer.http(OK);
        LocalTransport transport = LocalTransport.open()) {
      HttpCall call = HttpCall.get(target.proxied("/"));
      Keys keys = Keys.of("", "10s", "30s").withPasswordFile(file.toString());
      transport.modify(keys.through(url(proxy, "http", "user:s3cret")));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith(
              "proxyPasswordFile and the password in proxy are both set in"
                  + " etc/org.candor.http.cfg")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
      assertThat(problems(transport)).containsExactly("proxyPasswordFile = " + file);
      assertThat(proxy.visits()).isZero();

      transport.modify(keys.through(url(proxy, "http", "")));
      transport.exchange(call, soon());
      assertThat(proxy.requests().get(0).header("Proxy-Authorization")).isEmpty();
      assertThat(problems(transport)).containsExactly("proxyPasswordFile = " + file);
      transport.modify(keys.through(url(proxy, "http", "")).withPasswordFile(""));
      assertThat(problems(transport)).isEmpty();
    }
  }

  private static List<String> problems(LocalTransport transport) {
    return transport.problems().stream()
        .map(problem -> problem.key() + " = " + problem.value())
        .toList();
  }

  private static List<Integer> visits(SocketServer... servers) {
    return Stream.of(servers).map(SocketServer::visits).toList();
  }

  /** Has a transport say whom it would ask, without asking. */
  private static Deadline spent() {
    return Deadline.after(Duration.ZERO, Clock.systemUTC());
  }
}
