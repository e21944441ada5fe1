package org.candor.receiver;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves endpoints over HTTP on 127.0.0.1. Binds on a thread of its own, again and again while the
 * port is taken. Safe for several threads.
 */
final class LoopbackServer implements AutoCloseable {

  static final Duration RETRY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 50;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private final ScheduledExecutorService binder =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "candor-receiver");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Endpoint> endpoints;
  private final Duration retry;
  private OptionalInt wanted = OptionalInt.empty();
  private Optional<Running> running = Optional.empty();
  private boolean complained;
  private boolean closed;

  /**
   * @param retry how long to wait before trying a port again that was taken
   */
  LoopbackServer(List<Endpoint> endpoints, Duration retry) {
    this.endpoints = List.copyOf(endpoints);
    this.retry = retry;
  }

  /**
   * Serves this port, and no other any more; 0 is any that is free. While it cannot be had, the one
   * of before is served. Returns at once.
   */
  synchronized void serve(int port) {
    if (closed || wanted.equals(OptionalInt.of(port))) {
      return;
    }
    wanted = OptionalInt.of(port);
    complained = false;
    binder.execute(() -> bind(port));
  }

  /** The port that is being served; empty until there is one. */
  synchronized Optional<Integer> port() {
    return running.map(server -> server.http().getAddress().getPort());
  }

  private synchronized void bind(int port) {
    if (closed
        || !wanted.equals(OptionalInt.of(port))
        || port().filter(now -> now == port).isPresent()) {
      return;
    }
    try {
      Running started = start(port);
      stop();
      running = Optional.of(started);
      complained = false;
      LOG.info(
          "The receiver listens on http://127.0.0.1:{}; GET /received shows what came.",
          running.get().http().getAddress().getPort());
    } catch (IOException e) {
      complain(port, e);
      binder.schedule(() -> bind(port), retry.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void complain(int port, IOException e) {
    if (!complained) {
      complained = true;
      LOG.error(
          "The receiver cannot listen on 127.0.0.1:{} ({}){}. Set port in etc/{}.cfg to one that is"
              + " free, or stop what uses it; it is tried again every {} s.",
          port,
          e.getMessage(),
          port().map(before -> ", and stays on port " + before).orElse(""),
          Receiver.PID,
          retry.toSeconds());
    }
  }

  private Running start(int port) throws IOException {
    HttpServer http = create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
    Workers workers = new Workers();
    http.setExecutor(workers);
    http.createContext("/", new Router(endpoints));
    http.start();
    return new Running(http, workers);
  }

  // The JDK's server sends head and body of an answer in two packets, which costs 40 ms each time
  // unless TCP_NODELAY is on (JDK-6968351); it reads this property once, when it is first used.
  private static HttpServer create(InetSocketAddress address) throws IOException {
    String before = System.getProperty(NO_DELAY);
    System.setProperty(NO_DELAY, "true");
    try {
      return HttpServer.create(address, BACKLOG);
    } finally {
      if (before == null) {
        System.clearProperty(NO_DELAY);
      } else {
        System.setProperty(NO_DELAY, before);
      }
    }
  }

  private void stop() {
    running.ifPresent(Running::stop);
    running = Optional.empty();
  }

  /** Frees the port and ends all threads. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      binder.shutdownNow();
      stop();
    }
    try {
      if (!binder.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.warn("The receiver's thread has not ended within a second.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Running(HttpServer http, Workers workers) {

    private void stop() {
      http.stop(0);
      workers.close();
    }
  }
}
