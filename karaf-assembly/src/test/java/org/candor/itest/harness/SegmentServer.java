package org.candor.itest.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.candor.http.testing.Visit;

/** A Segment of the tests' own, which changes its mood when told to. Takes all at first. */
public final class SegmentServer implements AutoCloseable {

  private final List<Batch> seen = new CopyOnWriteArrayList<>();
  private final List<Batch> taken = new CopyOnWriteArrayList<>();
  private final SocketServer server;
  private volatile Script mood = this::take;

  public SegmentServer() throws IOException {
    this(InetAddress.getByName("127.0.0.1"));
  }

  /** At another address of this machine. */
  public SegmentServer(InetAddress address) throws IOException {
    server = SocketServer.http(address, visit -> mood.play(visit));
  }

  /** For {@code endpoint} in etc/org.candor.sink.segment.cfg. */
  public String url() {
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

  /** From now on reads what comes and never answers. */
  public void hangs() {
    mood =
        visit -> {
          read(visit);
          visit.hang();
        };
  }

  /** From now on plays this part. */
  public void misbehaves(Script script) {
    mood = script;
  }

  /** Every batch that it has read and kept in mind, in order. */
  public List<Batch> seen() {
    return List.copyOf(seen);
  }

  /** Those of them that it was about to confirm. */
  public List<Batch> taken() {
    return List.copyOf(taken);
  }

  /** The ids of all messages that it took, in order, as often as they came. */
  public List<String> takenIds() {
    return taken.stream().flatMap(batch -> batch.messageIds().stream()).toList();
  }

  /** How many connections there were. */
  public int visits() {
    return server.visits();
  }

  /** How many requests were read to their end. */
  public int requests() {
    return server.requests().size();
  }

  private void take(Visit visit) throws IOException {
    taken.add(read(visit));
    visit.answer(200, "Content-Type: application/json\r\n", "{\"success\":true}");
  }

  private Batch read(Visit visit) throws IOException {
    Request request = visit.read();
    byte[] body =
        request.header("Content-Encoding").equals("gzip") ? request.unzipped() : request.body();
    Batch batch = new Batch(new String(body, StandardCharsets.UTF_8));
    seen.add(batch);
    return batch;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
