package org.candor.itest.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.candor.http.testing.Visit;

/** A Sentry of the tests' own, which changes its mood when told to. Takes all at first. */
public final class SentryServer implements AutoCloseable {

  private final List<Arrival> taken = new CopyOnWriteArrayList<>();
  private final List<Envelope> seen = new CopyOnWriteArrayList<>();
  private final SocketServer server;
  private volatile Script mood = this::take;

  /** An envelope and when it came. */
  public record Arrival(Instant at, Envelope envelope) {}

  public SentryServer() throws IOException {
    this(InetAddress.getByName("127.0.0.1"));
  }

  /** At another address of this machine. */
  public SentryServer(InetAddress address) throws IOException {
    server = SocketServer.http(address, visit -> mood.play(visit));
  }

  /** For {@code dsn} in etc/org.candor.sink.sentry.cfg. */
  public String dsn() {
    return server.uri("").toString().replace("://", "://0123456789abcdef0123456789abcdef@") + "/7";
  }

  /** What {@code telemetry:status} shows of it. */
  public String endpoint() {
    return server.uri("").toString();
  }

  /** From now on takes what comes. */
  public void takes() {
    mood = this::take;
  }

  /** From now on reads what comes and answers this. */
  public void answers(int status, String headers, String body) {
    mood =
        visit -> {
          read(visit);
          visit.answer(status, headers, body);
        };
  }

  /** Every envelope that it has read, in order. */
  public List<Envelope> seen() {
    return List.copyOf(seen);
  }

  /** Those that it confirmed, in order. */
  public List<Envelope> taken() {
    return taken.stream().map(Arrival::envelope).toList();
  }

  /** Waits for an envelope. */
  public Arrival await(String what, Duration atMost, Predicate<Envelope> wanted) throws Exception {
    return Eventually.await(
            what,
            atMost,
            () -> taken.stream().filter(arrival -> wanted.test(arrival.envelope())).toList(),
            found -> !found.isEmpty())
        .get(0);
  }

  private void take(Visit visit) throws IOException {
    Instant at = Instant.now();
    Envelope envelope = read(visit);
    taken.add(new Arrival(at, envelope));
    visit.answer(200, "Content-Type: application/json\r\n", "{\"id\":\"" + envelope.id() + "\"}");
  }

  private Envelope read(Visit visit) throws IOException {
    Request request = visit.read();
    byte[] body =
        request.header("Content-Encoding").equals("gzip") ? request.unzipped() : request.body();
    Envelope envelope = new Envelope(new String(body, StandardCharsets.UTF_8));
    seen.add(envelope);
    return envelope;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
