package org.candor.http.server;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on one address. Binds on a thread of its own, again and again while the port is
 * taken. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {

  /** How long to wait before trying a port again that was taken. */
  public static final Duration RETRY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 50;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final String MOST_CONNECTIONS = "jdk.httpserver.maxConnections";
  private static final String CONNECTIONS = "1000";

  private final ScheduledExecutorService binder;
  private final String name;
  private final Function<Watchdog, HttpHandler> handlers;
  private final ListenerEvents events;
  private final Duration retry;
  private final Watchdog.Limits limits;
  private Optional<ListenAddress> wanted = Optional.empty();
  private Optional<Running> running = Optional.empty();
  private volatile Optional<ListenAddress> unavailable = Optional.empty();
  private boolean closed;

  /**
   * @param name what the names of its threads begin with
   * @param handlers makes what answers all requests
   * @param retry how long to wait before trying a port again that was taken
   */
  public HttpListener(
      String name,
      Function<Watchdog, HttpHandler> handlers,
      ListenerEvents events,
      Duration retry,
      Watchdog.Limits limits) {
    this.name = name;
    this.binder = Executors.newSingleThreadScheduledExecutor(this::thread);
    this.handlers = handlers;
    this.events = events;
    this.retry = retry;
    this.limits = limits;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Serves this address, and no other any more; none when empty. While the address cannot be had,
   * the one of before is served. Returns before that is so, and waits only for an earlier change
   * that is under way: for a name to be looked up, and 0.7 s at most for what is being answered.
   */
  public synchronized void serve(Optional<ListenAddress> address) {
    if (closed || wanted.equals(address)) {
      return;
    }
    wanted = address;
    unavailable = Optional.empty();
    binder.execute(() -> bind(address));
  }

  /** What is being served; empty until there is something. */
  public synchronized Optional<InetSocketAddress> address() {
    return running.map(server -> server.http().getAddress());
  }

  /** What cannot be served although it is set; empty when all is well. */
  public Optional<ListenAddress> unavailable() {
    return unavailable;
  }

  private synchronized void bind(Optional<ListenAddress> address) {
    if (closed || !wanted.equals(address)) {
      return;
    }
    if (address.isPresent()) {
      bind(address.get());
    } else {
      stop();
    }
  }

  private void bind(ListenAddress address) {
    try {
      InetSocketAddress socket = address.resolve();
      if (address().filter(socket::equals).isPresent()) {
        return;
      }
      replace(socket);
      unavailable = Optional.empty();
      events.serving(
          address,
          new ListenAddress(address.host(), running.get().http().getAddress().getPort()),
          socket.getAddress().isLoopbackAddress());
    } catch (IOException e) {
      complain(address, e);
      binder.schedule(() -> bind(Optional.of(address)), retry.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void complain(ListenAddress address, IOException e) {
    if (unavailable.isEmpty()) {
      unavailable = Optional.of(address);
      events.unavailable(
          address,
          e,
          address()
              .map(last -> new ListenAddress(last.getAddress().getHostAddress(), last.getPort())),
          retry);
    }
  }

  /**
   * The next begins before the last ends, so that one that cannot be had costs nothing. Where the
   * last is in its way, that ends first, and comes back when the next cannot be had.
   */
  private void replace(InetSocketAddress next) throws IOException {
    Optional<InetSocketAddress> inTheWay = address().filter(last -> collide(last, next));
    if (inTheWay.isEmpty()) {
      Running started = start(next);
      stop();
      running = Optional.of(started);
      return;
    }
    // Throws when no port of that host can be had.
    new ServerSocket(0, 1, next.getAddress()).close();
    stop();
    try {
      running = Optional.of(start(next));
    } catch (IOException e) {
      running = Optional.of(start(inTheWay.get()));
      throw e;
    }
  }

  private static boolean collide(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() == other.getPort()
        && (one.getAddress().isAnyLocalAddress()
            || other.getAddress().isAnyLocalAddress()
            || one.getAddress().equals(other.getAddress()));
  }

  private Running start(InetSocketAddress address) throws IOException {
    HttpServer http = create(address);
    RequestThreads workers = new RequestThreads(name, limits);
    http.setExecutor(workers);
    http.createContext("/", handlers.apply(workers.watchdog()));
    http.start();
    return new Running(http, workers);
  }

  // The JDK's server reads these once, when it is first used. It sends head and body of an answer
  // in two packets, which costs 40 ms each time unless TCP_NODELAY is on (JDK-6968351); and it
  // takes connections until the process has no file left to open (since 17.0.6 it can be told to
  // stop).
  private static HttpServer create(InetSocketAddress address) throws IOException {
    Properties before = (Properties) System.getProperties().clone();
    System.setProperty(NO_DELAY, "true");
    System.getProperties().putIfAbsent(MOST_CONNECTIONS, CONNECTIONS);
    try {
      return HttpServer.create(address, BACKLOG);
    } finally {
      restore(before, NO_DELAY);
      restore(before, MOST_CONNECTIONS);
    }
  }

  private static void restore(Properties before, String key) {
    Optional.ofNullable(before.getProperty(key))
        .ifPresentOrElse(value -> System.setProperty(key, value), () -> System.clearProperty(key));
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
        LOG.warn("The thread that binds {} has not ended within a second.", wanted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Running(HttpServer http, RequestThreads workers) {

    private void stop() {
      http.stop(0);
      workers.close();
    }
  }
}
