package org.candor.http.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.candor.api.Deadline;
import org.candor.http.HttpCall;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A transport as it is when nothing is configured, open for each test. */
abstract class OpenTransport {

  final LocalTransport transport = LocalTransport.open();

  /** Loads the classes, so that no test of time measures that. */
  @BeforeAll
  static void warmUp() throws Exception {
    try (SocketServer server = answering(200, "", "");
        LocalTransport first = LocalTransport.open()) {
      first.exchange(HttpCall.get(server.uri("/")), soon());
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  static SocketServer answering(int status, String headers, String body) throws IOException {
    return SocketServer.http(
        visit -> {
          visit.read();
          visit.answer(status, headers, body);
        });
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  static java.io.OutputStream nowhere() {
    return java.io.OutputStream.nullOutputStream();
  }

  static Duration time(Failing work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @FunctionalInterface
  interface Failing {
    void run() throws Exception;
  }
}
