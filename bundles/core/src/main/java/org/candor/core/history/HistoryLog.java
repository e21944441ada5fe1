package org.candor.core.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.sink.Outcome;
import org.candor.control.Delivery;
import org.candor.control.History;
import org.candor.core.collect.Collector;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.store.Store;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write-behind time series: keeps what reports saw and what became of them. What is new waits in
 * memory for a minute at most before it goes to disk: nothing but two plots depends on it.
 * Thread-safe.
 */
@Component(service = {HistoryLog.class, History.class, Resettable.class})
public final class HistoryLog implements History, Resettable {

  /** The file's name in the store's directory. */
  public static final String FILE = HistoryFile.FILE;

  private static final Logger log = LoggerFactory.getLogger(HistoryLog.class);
  private static final Duration SOON = Duration.ofMinutes(1);

  /** What cannot be written is tried again then. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final WorkerPool workers;
  private final Clock clock;
  private final HistoryFile file;
  private final Map<Instant, HealthPoint> health = new TreeMap<>();
  private final Map<String, DeliveryPoint> deliveries = new TreeMap<>();
  private final Map<String, Long> lost = new HashMap<>();
  private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
  private Optional<Alarm> alarm = Optional.empty();
  private Runnable stopListening = () -> {};
  private boolean unwritten;

  @Activate
  public HistoryLog(
      @Reference Store store, @Reference WorkerPool workers, @Reference Collector collector) {
    this(store, workers, Clock.systemUTC());
    stopListening = collector.onSnapshot(snapshot -> saw(snapshot.at(), snapshot.facts()));
  }

  public HistoryLog(Store store, WorkerPool workers, Clock clock) {
    this.workers = workers;
    this.clock = clock;
    this.file = new HistoryFile(store, clock);
  }

  @Deactivate
  public synchronized void close() {
    stopListening.run();
    alarm.ifPresent(Alarm::cancel);
    file.close();
  }

  /** Notes what a report's sources saw, if they looked at components. */
  public synchronized void saw(Instant at, List<Fact> facts) {
    boolean looked = facts.stream().anyMatch(fact -> fact.name().equals(FactNames.UNIT_TOTAL));
    if (looked) {
      Instant hour = HistoryFile.hour(at);
      health.put(
          hour,
          new HealthPoint(
              hour, sum(facts, FactNames.UNIT_TOTAL), sum(facts, FactNames.UNIT_UNHEALTHY)));
      writeSoon();
    }
  }

  /**
   * Notes what a step of a channel brought.
   *
   * @param lostSoFar all messages that the channel ever lost
   */
  public synchronized void stepped(String channel, List<Delivery> attempts, long lostSoFar) {
    long before = Optional.ofNullable(lost.put(channel, lostSoFar)).orElse(lostSoFar);
    long delivered = count(attempts, Outcome.DELIVERED);
    long failed = count(attempts, Outcome.RETRY);
    long more = Math.max(0, lostSoFar - before);
    if (delivered + failed + more > 0) {
      DeliveryPoint point =
          new DeliveryPoint(HistoryFile.hour(clock.instant()), channel, delivered, failed, more);
      deliveries.merge(key(point), point, HistoryLog::sum);
      writeSoon();
    }
    listeners.forEach(listener -> listener.accept(!attempts.isEmpty()));
  }

  /**
   * Has the listener notified of each step of a channel, and whether it attempted to deliver
   * anything; on the step's thread, so that it must be quick.
   *
   * @return ends that
   */
  public Runnable onStep(Consumer<Boolean> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.HISTORY;
  }

  /** What is in memory goes to where it happened. */
  @Override
  public synchronized void moving(IoAction step) throws IOException {
    writeInTime();
    erasing(step);
  }

  @Override
  public synchronized void erasing(IoAction step) throws IOException {
    health.clear();
    deliveries.clear();
    lost.clear();
    file.reset();
    step.run();
  }

  @Override
  public synchronized List<HealthPoint> health() throws IOException {
    write();
    List<HealthPoint> points = new ArrayList<>();
    for (String key : file.keys(HistoryFile.HEALTH)) {
      long[] numbers = numbers(HistoryFile.HEALTH, key);
      points.add(new HealthPoint(Instant.parse(key), numbers[0], numbers[1]));
    }
    return points;
  }

  @Override
  public synchronized List<DeliveryPoint> deliveries() throws IOException {
    write();
    List<DeliveryPoint> points = new ArrayList<>();
    for (String key : file.keys(HistoryFile.DELIVERIES)) {
      points.add(point(key));
    }
    return points;
  }

  private void writeSoon() {
    writeAfter(SOON);
  }

  private void writeAfter(Duration time) {
    if (alarm.isEmpty()) {
      alarm = Optional.of(workers.after(time, this::writeInTime));
    }
  }

  private synchronized void writeInTime() {
    alarm = Optional.empty();
    try {
      write();
      unwritten = false;
    } catch (IOException e) {
      if (!unwritten) {
        log.warn("The history for the web page cannot be saved: {}", e.getMessage());
      }
      unwritten = true;
      writeAfter(AGAIN);
    }
  }

  private void write() throws IOException {
    try {
      for (HealthPoint point : health.values()) {
        file.put(
            HistoryFile.HEALTH, point.hour().toString(), point.total() + " " + point.unhealthy());
      }
      for (DeliveryPoint point : deliveries.values()) {
        DeliveryPoint all = sum(point(key(point)), point);
        file.put(
            HistoryFile.DELIVERIES,
            key(all),
            all.delivered() + " " + all.failed() + " " + all.lost());
      }
      file.commit();
      health.clear();
      deliveries.clear();
    } catch (RuntimeException e) {
      file.reset();
      throw new IOException(e.getMessage(), e);
    }
  }

  private DeliveryPoint point(String key) throws IOException {
    String[] parts = key.split(" ", 2);
    long[] numbers = numbers(HistoryFile.DELIVERIES, key);
    return new DeliveryPoint(Instant.parse(parts[0]), parts[1], numbers[0], numbers[1], numbers[2]);
  }

  private long[] numbers(String map, String key) throws IOException {
    String[] parts = file.get(map, key).orElse("0 0 0").split(" ");
    long[] numbers = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Long.parseLong(parts[i]);
    }
    return numbers;
  }

  private static String key(DeliveryPoint point) {
    return point.hour() + " " + point.channel();
  }

  private static DeliveryPoint sum(DeliveryPoint one, DeliveryPoint other) {
    return new DeliveryPoint(
        one.hour(),
        one.channel(),
        one.delivered() + other.delivered(),
        one.failed() + other.failed(),
        one.lost() + other.lost());
  }

  private static long count(List<Delivery> attempts, Outcome outcome) {
    return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
  }

  private static long sum(List<Fact> facts, String name) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name) && fact.value() instanceof Value.Count)
        .mapToLong(fact -> ((Value.Count) fact.value()).count())
        .sum();
  }
}
