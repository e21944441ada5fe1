package org.candor.http.server;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listener: serves HTTP on one address, within {@link ServerLimits}. Binds on a thread of its own,
 * again and again while the port is taken. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {

  /** How long to wait before trying a port again that was taken. */
  public static final Duration RETRY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final ScheduledExecutorService binder;
  private final String name;
  private final HttpHandler handler;
  private final ListenerEvents events;
  private final Duration retry;
  private final ServerOptions options;
  private Optional<ListenAddress> wanted = Optional.empty();
  private Optional<ConnectionServer> running = Optional.empty();
  private volatile Optional<ListenAddress> unavailable = Optional.empty();
  private boolean closed;

  /**
   * @param name what the names of its threads begin with
   * @param handler answers all requests; each connection calls it on a thread of its own
   * @param retry how long to wait before trying a port again that was taken
   */
  public HttpListener(
      String name,
      HttpHandler handler,
      ListenerEvents events,
      Duration retry,
      ServerOptions options) {
    this.name = name;
    this.binder = Executors.newSingleThreadScheduledExecutor(this::thread);
    this.handler = handler;
    this.events = events;
    this.retry = retry;
    this.options = options;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Serves this address, and no other any more; none when empty. While the address is not
   * available, the one of before is served. Returns before that is so, and waits only for an
   * earlier change that is under way: for a name to be looked up, and 0.7 s at most for what is
   * being answered.
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
    return running.map(ConnectionServer::address);
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
          new ListenAddress(address.host(), running.get().address().getPort()),
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
   * The next begins before the last ends, so that one that is not available costs nothing. Where
   * the last is in its way, that ends first, and comes back when the next is not available.
   */
  private void replace(InetSocketAddress next) throws IOException {
    Optional<InetSocketAddress> inTheWay = address().filter(last -> collide(last, next));
    if (inTheWay.isEmpty()) {
      ConnectionServer started = start(next);
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

  private ConnectionServer start(InetSocketAddress address) throws IOException {
    ConnectionServer server = new ConnectionServer(name, handler, options, address);
    server.start();
    return server;
  }

  private void stop() {
    running.ifPresent(ConnectionServer::close);
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

  /** How many connections are open. */
  synchronized int connections() {
    return running.map(ConnectionServer::connections).orElse(0);
  }

  /** How many bytes of requests are held. */
  synchronized long bodyBytes() {
    return running.map(ConnectionServer::bodyBytes).orElse(0L);
  }
}
