package org.candor.http.server;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 server with a thread for each connection, of which there are as many as {@link
 * ServerLimits} says, and a bound on whatever a client may make it wait for. It is one of our own:
 * the JDK's has no way to end a client that keeps it waiting, and the well-known asynchronous ones
 * read and dispatch pipelined requests without bound, and take lengths such as {@code +2}.
 */
final class ConnectionServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionServer.class);
  private static final int BACKLOG = 1024;
  private static final int ENDING = 64;
  private static final int IDLE_SECONDS = 5;
  private static final long LOOK_MILLIS = 250;
  private static final long CLOSE_MILLIS = 700;
  private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final String name;
  private final HttpHandler handler;
  private final ServerOptions options;
  private final ServerSocket socket = new ServerSocket();
  private final AtomicInteger number = new AtomicInteger();
  private final ConnectionTable table;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor watchdog;
  private final Thread acceptor;
  private boolean looking;

  ConnectionServer(
      String name, HttpHandler handler, ServerOptions options, InetSocketAddress address)
      throws IOException {
    this.name = name;
    this.handler = handler;
    this.options = options;
    table = new ConnectionTable(options.limits());
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    threads =
        new ThreadPoolExecutor(
            0,
            options.limits().connections() + ENDING,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "-http-" + number.incrementAndGet()));
    watchdog = new ScheduledThreadPoolExecutor(1, task -> thread(task, "-watchdog"));
    watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    watchdog.allowCoreThreadTimeOut(true);
    watchdog.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    acceptor = thread(this::accept, "-accept");
  }

  private Thread thread(Runnable task, String suffix) {
    Thread thread = new Thread(null, task, name + suffix, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    acceptor.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        begin(socket.accept());
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // No file, thread or memory is left to the process for now; nobody else will accept.
        if (!socket.isClosed()) {
          LOG.debug("A connection was not accepted", e);
          LockSupport.parkNanos(BREATH_NANOS);
        }
      }
    }
  }

  private void begin(Socket client) throws IOException {
    Connection connection = new Connection(client, table, handler, options);
    boolean begun = false;
    try {
      if (table.admit(connection, options.proxies().test(client.getInetAddress()))) {
        threads.execute(connection);
        begun = true;
        look();
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("There is no thread for a connection", e);
    } finally {
      if (!begun) {
        table.remove(connection);
        client.close();
      }
    }
  }

  private synchronized void look() {
    if (!looking) {
      looking = true;
      lookLater();
    }
  }

  private void lookLater() {
    try {
      watchdog.schedule(this::cutOverdue, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      looking = false;
    }
  }

  private synchronized void cutOverdue() {
    table.cutOverdue();
    looking = !table.isEmpty();
    if (looking) {
      lookLater();
    }
  }

  /** How many connections are open. */
  int connections() {
    return table.size();
  }

  /** How many bytes of requests are held. */
  long bodyBytes() {
    return table.budget().taken();
  }

  /** Frees the port at once, and waits 0.7 s at most for what is being answered. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("The port was not closed", e);
    }
    threads.shutdown();
    watchdog.shutdownNow();
    table.close();
    try {
      if (!threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        table.cutAll();
        threads.shutdownNow();
      }
      acceptor.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      table.cutAll();
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
