package org.candor.itest.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A product's page that sends page views over a connection of its own, one request after another:
 * the same one again until it is taken, and now and then once more although it was.
 */
public final class UiSender implements AutoCloseable {

  private static final int EVENTS = 5;
  private static final int FORGETFUL = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PAUSE_AFTER_A_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI target;
  private final String origin;
  private final String key;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong repeated = new AtomicLong();
  private final Thread thread = new Thread(this::work, "test-sender");
  private volatile boolean enough;

  /**
   * Begins at once.
   *
   * @param port where HTTP is served, if not yet, then later
   */
  public UiSender(int port, String origin, String key) {
    this.target = URI.create("http://127.0.0.1:" + port + "/v1/events");
    this.origin = origin;
    this.key = key;
    thread.setDaemon(true);
    thread.start();
  }

  /** Ids of the events whose request was answered with 2xx. */
  public List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** How many events it was told to have sent before. */
  public long repeated() {
    return repeated.get();
  }

  /** Ends as soon as what it sends now is taken. */
  public void finish() throws InterruptedException {
    enough = true;
    thread.join(PATIENCE.toMillis() * 2);
    if (thread.isAlive()) {
      throw new AssertionError("what is sent is not taken");
    }
  }

  @Override
  public void close() {
    enough = true;
    thread.interrupt();
  }

  private void work() {
    List<String> before = List.of();
    for (int round = 1; !enough; round++) {
      List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(EVENTS).toList();
      deliver(ids);
      acknowledged.addAll(ids);
      if (round % FORGETFUL == 0) {
        deliver(before);
      }
      before = ids;
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void deliver(List<String> ids) {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("Origin", origin)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(body(ids)))
            .build();
    while (!thread.isInterrupted()) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
          JsonObject told = JsonParser.parseString(answer.body()).getAsJsonObject();
          repeated.addAndGet(told.get("repeated").getAsLong());
          return;
        }
      } catch (IOException e) {
        // Whoever was to answer was killed, and comes back.
      } catch (InterruptedException e) {
        thread.interrupt();
      }
      LockSupport.parkNanos(PAUSE_AFTER_A_FAILURE);
    }
  }

  private String body(List<String> ids) {
    return ids.stream()
        .map(id -> "{\"type\":\"page\",\"path\":\"/cart\",\"id\":\"" + id + "\"}")
        .collect(Collectors.joining(",", "{\"key\":\"" + key + "\",\"events\":[", "]}"));
  }
}
