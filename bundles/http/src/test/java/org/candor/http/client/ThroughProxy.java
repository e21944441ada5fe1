package org.candor.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.candor.api.Deadline;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of proxies share: proxies that say what they should, and failures on the way. */
abstract class ThroughProxy {

  static final String LOGIN = "some%40body:s3cr%3Aet%2F";
  static final String BASIC = "Basic c29tZUBib2R5OnMzY3I6ZXQv";

  static final Script OK =
      visit -> {
        visit.read();
        visit.answer(200, "", "ok");
      };

  @TempDir Path directory;
  final List<String> lookedUp = new CopyOnWriteArrayList<>();
  String authority;

  @BeforeEach
  void authority() throws IOException {
    authority = SocketServer.authority(directory).toString();
  }

  LocalTransport through(SocketServer proxy, String scheme, String login) {
    return LocalTransport.open(
        Keys.of(authority, "10s", "30s").through(url(proxy, scheme, login)), this::loopback);
  }

  static String url(SocketServer proxy, String scheme, String login) {
    return scheme + "://" + (login.isEmpty() ? "" : login + "@") + proxy.place();
  }

  InetAddress[] loopback(String host) {
    lookedUp.add(host);
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  static Script answering(int status, String headers, String body) {
    return visit -> {
      visit.read();
      visit.answer(status, headers, body);
    };
  }

  static HttpCall call(String uri) {
    return HttpCall.get(URI.create(uri));
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }
}
