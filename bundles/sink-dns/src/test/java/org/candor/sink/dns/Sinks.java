package org.candor.sink.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpTransport;

/** Makes sinks for tests, and asks them. */
record Sinks(
    HttpTransport http,
    List<InetSocketAddress> system,
    Addresses.LookUp lookUp,
    List<Duration> patience) {

  private static final Duration QUICK = Duration.ofMillis(150);

  /** On a system without resolvers. */
  static Sinks with(HttpTransport http) {
    return new Sinks(http, List.of(), InetAddress::getAllByName, NameServers.PATIENCE);
  }

  /** With the resolvers that the list holds at the time of asking. */
  Sinks naming(List<InetSocketAddress> resolvers) {
    return new Sinks(http, resolvers, lookUp, patience);
  }

  Sinks lookingUp(Addresses.LookUp names) {
    return new Sinks(http, system, names, patience);
  }

  /** That give a server 150 ms twice, for those that will not answer. */
  Sinks quick() {
    return new Sinks(http, system, lookUp, List.of(QUICK, QUICK));
  }

  DnsSink of(String zone, String resolver) {
    return new DnsSink(
        http,
        () -> system,
        new Addresses(lookUp),
        new NameServers(patience),
        new Keys(zone, resolver),
        Clock.systemUTC());
  }

  DnsSink of(String resolver) {
    return of("zone.example", resolver);
  }

  static Message message(String relative) {
    return new Message("id-1", "version-check", DnsSink.QUESTION, Bytes.utf8(relative));
  }

  static Receipt ask(DnsSink sink, String relative, Deadline deadline) throws IOException {
    return sink.send(sink.encode(List.of(message(relative))), deadline);
  }

  static Receipt ask(DnsSink sink) throws IOException {
    return ask(sink, "node.cluster.v1", soon());
  }

  /** The receipt or the exception. */
  static CompletableFuture<Object> askInBackground(DnsSink sink, Deadline deadline) {
    CompletableFuture<Object> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                end.complete(ask(sink, "node.cluster.v1", deadline));
              } catch (IOException e) {
                end.complete(e);
              }
            },
            "test-sender");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }
}
