package org.candor.benchmarks.events;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.candor.api.control.ChannelStatus;
import org.candor.api.ui.UiAction;
import org.candor.api.ui.UiEvent;
import org.candor.api.ui.UiIntake;
import org.candor.core.channel.WiredCore;

/**
 * Has page views taken by Candor, and delivered by it: as fast as it takes them, and then half as
 * many to see how soon they are acknowledged.
 */
final class CandorDriver {

  private static final int CLIENTS = 8;
  private static final int EVENTS_A_REQUEST = 100;

  private final UiIntake intake;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  private CandorDriver(UiIntake intake) {
    this.intake = intake;
  }

  /**
   * Begins.
   *
   * @param args the receiver's URL, for how many seconds, and a folder
   */
  public static void main(String[] args) throws Exception {
    URI receiver = URI.create(args[0]);
    long seconds = Long.parseLong(args[1]);
    Count count = new Count(receiver);
    try (WiredCore core = new WiredCore(Path.of(args[2]), receiver)) {
      CandorDriver driver = new CandorDriver(core.intake());
      count.await(count.events() + driver.send(seconds, 0).taken());
      long before = count.events();
      Cost cost = Cost.now();
      long begin = System.nanoTime();
      Result fast = driver.send(seconds, 0);
      double taking = (System.nanoTime() - begin) / 1e9;
      long arrived = count.await(before + fast.taken()) - before;
      double rate = arrived / ((System.nanoTime() - begin) / 1e9);
      System.out.printf(
          "candor: %d taken in %.1f s, %d delivered, %.0f a second; %s; acknowledged within %s%n",
          fast.taken(), taking, arrived, rate, cost.of(arrived), fast.percentiles());
      before = count.events();
      Result half = driver.send(seconds, rate / 2);
      arrived = count.await(before + half.taken()) - before;
      System.out.printf(
          "candor, half: %d taken, %d delivered, %.0f a second; acknowledged within %s%n",
          half.taken(), arrived, half.taken() / (double) seconds, half.percentiles());
      ChannelStatus status = core.channels().status().get(0);
      System.out.printf("candor: lost %s, journal %s%n", status.lost(), core.journal().verify());
    }
    System.exit(0);
  }

  private record Result(long taken, long[] nanos) {

    String percentiles() {
      return "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, at most %.1f ms"
          .formatted(at(0.5), at(0.9), at(0.99), at(0.999), at(1));
    }

    private double at(double part) {
      return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * part))] / 1e6;
    }
  }

  /**
   * Brings events.
   *
   * @param rate events a second, by the clock: who is late counts the wait too; 0 for as many as
   *     are taken
   */
  private Result send(long seconds, double rate) throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    List<Future<List<Long>>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      double gap = rate == 0 ? 0 : CLIENTS * EVENTS_A_REQUEST * 1e9 / rate;
      long first = begin + (long) (gap * client / CLIENTS);
      Callable<List<Long>> work = () -> client(first, gap, begin + seconds * 1_000_000_000L);
      clients.add(threads.submit(work));
    }
    List<Long> all = new ArrayList<>();
    for (Future<List<Long>> client : clients) {
      all.addAll(client.get());
    }
    long[] nanos = all.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(nanos);
    return new Result((long) nanos.length * EVENTS_A_REQUEST, nanos);
  }

  private List<Long> client(long first, double gap, long end) {
    List<Long> nanos = new ArrayList<>();
    for (long turn = 0; ; turn++) {
      long due = gap == 0 ? System.nanoTime() : first + (long) (gap * turn);
      if (due >= end) {
        return nanos;
      }
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      List<UiEvent> events = request();
      while (!isTaken(events)) {
        LockSupport.parkNanos(10_000_000);
      }
      nanos.add(System.nanoTime() - due);
    }
  }

  private boolean isTaken(List<UiEvent> events) {
    try {
      UiIntake.Taken taken = intake.take(events);
      if (taken.taken() + taken.repeated() != events.size()) {
        throw new IllegalStateException("not taken: " + taken);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<UiEvent> request() {
    List<UiEvent> events = new ArrayList<>(EVENTS_A_REQUEST);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < EVENTS_A_REQUEST; i++) {
      events.add(
          new UiEvent(
              new UUID(random.nextLong(), random.nextLong()).toString(),
              UiAction.PAGE,
              Instant.now(),
              "shop",
              "4.5.6",
              "user" + random.nextInt(1000),
              "b4f0c0de",
              "/services/detail/[id]"));
    }
    return events;
  }
}
