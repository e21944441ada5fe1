package org.candor.core.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.core.store.RecoveredValues;
import org.candor.core.store.SealedMap;
import org.candor.core.store.Store;
import org.candor.core.store.StoreBudget;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StorePart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time series on disk, two weeks of hours, or less where the store is small. A key begins with its
 * hour, so that keys sort by time. Not thread-safe.
 */
final class HistoryFile {

  static final String FILE = "history.mv";
  static final String HEALTH = "health";
  static final String DELIVERIES = "deliveries";

  private static final Logger log = LoggerFactory.getLogger(HistoryFile.class);
  private static final Set<String> MAPS = Set.of(HEALTH, DELIVERIES);
  private static final Duration KEPT = Duration.ofDays(14);

  /** More than an hour of a channel takes. */
  private static final long HOUR_BYTES = 200;

  private final Store store;
  private final Clock clock;
  private StoreFile file;
  private boolean closed;

  HistoryFile(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.file = new StoreFile(store.settings().directory().resolve(FILE), clock);
  }

  void close() {
    closed = true;
    file.close();
  }

  /** Reopens the file at the next use: somebody removed it. */
  void reset() {
    file.close();
  }

  Optional<String> get(String map, String key) throws IOException {
    return Optional.ofNullable(map(map).get(key));
  }

  void put(String map, String key, String value) throws IOException {
    SealedMap hours = map(map);
    hours.put(key, value);
    String oldest = clock.instant().minus(KEPT).toString();
    long most = budget().contentOf(StorePart.HISTORY) / HOUR_BYTES / MAPS.size();
    for (Optional<String> first = hours.firstKey();
        first.filter(hour -> hours.size() > most || hour.compareTo(oldest) < 0).isPresent();
        first = hours.firstKey()) {
      hours.remove(first.get());
    }
  }

  private StoreBudget budget() {
    return store.settings().budget();
  }

  List<String> keys(String map) throws IOException {
    return map(map).keys();
  }

  void commit() throws IOException {
    ensureOpen();
    file.commit();
    try {
      file.keepWithin(budget().bytesFor(StorePart.HISTORY));
    } catch (IOException e) {
      log.warn("The history takes more space than it may: {}", e.getMessage());
    }
  }

  private SealedMap map(String name) throws IOException {
    ensureOpen();
    return file.named(name);
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the history is closed");
    }
    if (!file.path().getParent().equals(store.settings().directory())) {
      file.close();
      file = new StoreFile(store.settings().directory().resolve(FILE), clock);
    }
    if (file.isClosed()) {
      store.prepare();
      file.open(this::takeOver);
      try {
        MAPS.forEach(file::named);
      } catch (RuntimeException e) {
        file.setAside(e, this::takeOver);
      }
    }
  }

  private void takeOver(Path aside) throws IOException {
    RecoveredValues.of(aside, MAPS, clock).putInto(file);
  }

  /** The beginning of the hour in which something happened. */
  static Instant hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }
}
