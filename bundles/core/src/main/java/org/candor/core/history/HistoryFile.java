package org.candor.core.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Time series on disk, two weeks of hours. A key begins with its hour, so that keys sort by time.
 * Not thread-safe.
 */
final class HistoryFile {

  private static final Duration KEPT = Duration.ofDays(14);
  static final String FILE = "history.mv";

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
    MVMap<String, String> hours = map(map);
    hours.put(key, value);
    String oldest = clock.instant().minus(KEPT).toString();
    while (!hours.isEmpty() && hours.firstKey().compareTo(oldest) < 0) {
      hours.remove(hours.firstKey());
    }
  }

  List<String> keys(String map) throws IOException {
    return List.copyOf(map(map).keyList());
  }

  void commit() throws IOException {
    ensureOpen();
    file.commit();
  }

  private MVMap<String, String> map(String name) throws IOException {
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
      // What cannot be read is of the past, and nothing depends on it.
      file.open(aside -> {});
    }
  }

  /** The beginning of the hour in which something happened. */
  static Instant hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }
}
