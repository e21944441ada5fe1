package org.candor.benchmarks.events;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Those who send page views to {@code POST /v1/events}, each over a connection that it keeps. */
final class Clients implements AutoCloseable {

  private static final int CLIENTS = 8;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 10_000_000;

  private final int port;
  private final AtomicLong numbers = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS, Clients::thread);

  Clients(int port) {
    this.port = port;
  }

  /** Ends with the process. */
  static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Requests that were acknowledged.
   *
   * @param first the number of each one's first view
   * @param nanos how long each took from when it was due
   */
  record Acknowledged(long[] first, long[] nanos) {

    private static Acknowledged of(List<long[]> all) {
      return new Acknowledged(
          all.stream().mapToLong(one -> one[0]).toArray(),
          all.stream().mapToLong(one -> one[1]).toArray());
    }

    long events() {
      return (long) first.length * Views.COUNT;
    }

    Percentiles percentiles() {
      return new Percentiles(nanos);
    }
  }

  /**
   * Sends page views; ends early when the server does.
   *
   * @param rate page views a second, by the clock: who is late counts the wait too; 0 for as many
   *     as are taken
   */
  Acknowledged send(long seconds, double rate)
      throws IOException, InterruptedException, ExecutionException {
    List<Socket> sockets = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      sockets.add(connect());
    }
    Schedule schedule = Schedule.of(seconds, rate);
    List<Future<List<long[]>>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      Views views = new Views(client);
      Socket socket = sockets.get(client);
      clients.add(threads.submit(() -> client(socket, views, schedule)));
    }
    List<long[]> all = new ArrayList<>();
    for (Future<List<long[]>> client : clients) {
      all.addAll(client.get());
    }
    return Acknowledged.of(all);
  }

  /**
   * When requests are due, whoever sends them.
   *
   * @param gap between two of them; 0 for as soon as anybody can
   */
  private record Schedule(long begin, double gap, long end, AtomicLong turns) {

    static Schedule of(long seconds, double rate) {
      long now = System.nanoTime();
      double gap = rate == 0 ? 0 : Views.COUNT * 1e9 / rate;
      return new Schedule(now, gap, now + seconds * 1_000_000_000L, new AtomicLong());
    }

    long next() {
      return gap == 0 ? System.nanoTime() : begin + (long) (gap * turns.getAndIncrement());
    }
  }

  private List<long[]> client(Socket connection, Views views, Schedule schedule)
      throws IOException {
    List<long[]> acknowledged = new ArrayList<>();
    try (Socket socket = connection) {
      for (long due = schedule.next(); due < schedule.end(); due = schedule.next()) {
        pauseUntil(due);
        long first = numbers.getAndAdd(Views.COUNT);
        if (!send(socket, views.from(first))) {
          return acknowledged;
        }
        acknowledged.add(new long[] {first, System.nanoTime() - due});
      }
    }
    return acknowledged;
  }

  private static void pauseUntil(long due) {
    while (System.nanoTime() < due) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** Whether it was acknowledged; if not, the server has gone. */
  private static boolean send(Socket socket, byte[] request) throws IOException {
    long patience = System.nanoTime() + PATIENCE_NANOS;
    String answer = "";
    while (System.nanoTime() < patience) {
      try {
        socket.getOutputStream().write(request);
        answer = answer(socket.getInputStream());
      } catch (IOException e) {
        return false;
      }
      if (answer.startsWith("HTTP/1.1 202 ") && answer.contains("\"taken\":" + Views.COUNT + ",")) {
        return true;
      }
      pauseUntil(System.nanoTime() + PAUSE_NANOS);
    }
    throw new IOException("not taken: " + answer);
  }

  private static String answer(InputStream in) throws IOException {
    byte[] bytes = new byte[2048];
    int length = 0;
    while (true) {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        throw new IOException("the server has gone");
      }
      length += read;
      String answer = new String(bytes, 0, length, StandardCharsets.US_ASCII);
      // Each answer of this path is one line of JSON.
      if (answer.endsWith("}\n")) {
        return answer;
      }
    }
  }

  private Socket connect() throws IOException {
    long patience = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        if (System.nanoTime() > patience) {
          throw e;
        }
        pauseUntil(System.nanoTime() + PAUSE_NANOS);
      }
    }
  }

  /** The ids of all page views in some requests. */
  static Stream<String> ids(Acknowledged acknowledged) {
    return Arrays.stream(acknowledged.first())
        .boxed()
        .flatMap(first -> IntStream.range(0, Views.COUNT).mapToObj(i -> Views.id(first + i)));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
