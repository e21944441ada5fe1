package org.candor.core.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.crash.Crash;
import org.candor.core.store.DamagedException;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounded crash store with a deduplication window of ids: the crashes on disk: the newest thousand,
 * the ids of the newest ten thousand, and what is remembered of repetitions. Nothing is on disk
 * before {@link #commit}. Not thread-safe.
 */
final class CrashFile {

  private static final Logger log = LoggerFactory.getLogger(CrashFile.class);
  private static final String SEEN = "seen";
  private static final String REPETITIONS = "repetitions";
  private static final String PLACES = "places";
  private static final int MOST_CRASHES = 1_000;
  private static final int MOST_IDS = 10_000;
  private static final int MOST_KINDS = 500;

  private final Store store;
  private final Clock clock;
  private final Map<String, Repetition> repetitions = new HashMap<>();
  private StoreFile file;
  private boolean closed;

  CrashFile(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.file = new StoreFile(store.settings().directory().resolve(CrashLog.FILE), clock);
  }

  Path path() {
    return file.path();
  }

  void close() {
    closed = true;
    file.close();
  }

  boolean knows(String id) throws IOException {
    return named(SEEN).containsKey(id);
  }

  /** Adds a crash to be reported, under the next number. */
  void add(Crash crash, long count, CrashStage stage) throws IOException {
    MVMap<Long, byte[]> crashes = crashes();
    long last = crashes.isEmpty() ? 0 : crashes.lastKey();
    long number = Math.max(last + 1, clock.millis());
    put(new KeptCrash(number, crash, count, stage));
    see(crash.id());
    while (crashes.sizeAsLong() > MOST_CRASHES) {
      crashes.remove(crashes.firstKey());
    }
  }

  /** Counts a crash that is not reported by itself. */
  void count(Crash crash, String kind, Repetition repetition) throws IOException {
    see(crash.id());
    remember(kind, repetition);
  }

  void remember(String kind, Repetition repetition) throws IOException {
    named(REPETITIONS).put(kind, CrashCodec.encode(repetition));
    repetitions.put(kind, repetition);
    if (repetitions.size() > MOST_KINDS) {
      Optional<String> excess =
          repetitions.entrySet().stream()
              .filter(other -> !other.getKey().equals(kind))
              .filter(other -> other.getValue().loop().isEmpty())
              .map(Map.Entry::getKey)
              .findFirst();
      if (excess.isPresent()) {
        forget(excess.get());
      }
    }
  }

  void forget(String kind) throws IOException {
    named(REPETITIONS).remove(kind);
    repetitions.remove(kind);
  }

  /** What is remembered, by kind. */
  Map<String, Repetition> repetitions() throws IOException {
    ensureOpen();
    return Map.copyOf(repetitions);
  }

  Optional<Repetition> repetition(String kind) throws IOException {
    ensureOpen();
    return Optional.ofNullable(repetitions.get(kind));
  }

  void mark(long number, CrashStage stage) throws IOException {
    Optional<KeptCrash> kept = at(number);
    if (kept.filter(crash -> crash.stage() != stage).isPresent()) {
      put(kept.get().as(stage));
    }
  }

  /** Marks all that no channel has taken as withheld. */
  void withhold() throws IOException {
    for (long number : numbers()) {
      if (at(number).filter(kept -> kept.stage() == CrashStage.NEW).isPresent()) {
        mark(number, CrashStage.WITHHELD);
      }
    }
    // What was counted before a denial must not be sent after the next grant.
    for (Map.Entry<String, Repetition> entry : repetitions().entrySet()) {
      Optional<CrashLoop> loop = entry.getValue().loop();
      if (loop.isPresent()) {
        add(loop.get().first(), loop.get().count(), CrashStage.WITHHELD);
        remember(entry.getKey(), entry.getValue().next(clock.instant()));
      }
    }
  }

  List<KeptCrash> after(long number, int most) throws IOException {
    List<KeptCrash> found = new ArrayList<>();
    MVMap<Long, byte[]> crashes = crashes();
    for (Long next = crashes.higherKey(number);
        next != null && found.size() < most;
        next = crashes.higherKey(next)) {
      at(next).filter(kept -> kept.stage() != CrashStage.WITHHELD).ifPresent(found::add);
    }
    return found;
  }

  Optional<KeptCrash> newest() throws IOException {
    MVMap<Long, byte[]> crashes = crashes();
    return crashes.isEmpty() ? Optional.empty() : at(crashes.lastKey());
  }

  List<KeptCrash> all() throws IOException {
    List<KeptCrash> all = new ArrayList<>();
    for (Repetition repetition : repetitions().values()) {
      repetition
          .loop()
          .ifPresent(loop -> all.add(new KeptCrash(0, loop.first(), loop.count(), CrashStage.NEW)));
    }
    MVMap<Long, byte[]> crashes = crashes();
    for (Long number = crashes.lastKey(); number != null; number = crashes.lowerKey(number)) {
      at(number).ifPresent(all::add);
    }
    return all;
  }

  /** Forgets what is not on disk. */
  void reset() {
    file.close();
  }

  /** Puts all changes on disk; when it throws, none of them is. */
  void commit() throws IOException {
    ensureOpen();
    file.commit();
    keepWithin();
  }

  /** What was changed is on disk, so that this may fail. */
  private void keepWithin() {
    try {
      file.keepWithin(store.settings().maxBytes());
    } catch (IOException e) {
      log.warn("The list of crashes takes more space than it may: {}", e.getMessage());
    }
  }

  private void see(String id) throws IOException {
    MVMap<String, String> seen = named(SEEN);
    MVMap<Long, byte[]> places = numbered(PLACES);
    long sequence = places.isEmpty() ? 1 : places.lastKey() + 1;
    seen.put(id, Long.toString(sequence));
    places.put(sequence, id.getBytes(StandardCharsets.US_ASCII));
    while (places.sizeAsLong() > MOST_IDS) {
      byte[] oldest = places.remove(places.firstKey());
      seen.remove(new String(oldest, StandardCharsets.US_ASCII));
    }
  }

  private void put(KeptCrash kept) throws IOException {
    crashes().put(kept.number(), RecordFrame.wrap(CrashCodec.encode(kept)));
  }

  private Optional<KeptCrash> at(long number) throws IOException {
    return Optional.ofNullable(crashes().get(number))
        .flatMap(RecordFrame::unwrap)
        .flatMap(CrashCodec::decode);
  }

  private List<Long> numbers() throws IOException {
    return List.copyOf(crashes().keySet());
  }

  private MVMap<Long, byte[]> crashes() throws IOException {
    return numbered("crashes");
  }

  private MVMap<Long, byte[]> numbered(String name) throws IOException {
    ensureOpen();
    return file.numbered(name);
  }

  private MVMap<String, String> named(String name) throws IOException {
    ensureOpen();
    return file.named(name);
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the list of crashes is closed");
    }
    Path path = store.settings().directory().resolve(CrashLog.FILE);
    if (!file.path().equals(path)) {
      file.close();
      file = new StoreFile(path, clock);
    }
    if (!file.isClosed()) {
      return;
    }
    store.prepare();
    if (file.open(this::takeOver)) {
      try {
        check();
      } catch (RuntimeException e) {
        file.setAside(e, this::takeOver);
      }
    }
    repetitions.clear();
    file.named(REPETITIONS)
        .forEach(
            (kind, text) ->
                CrashCodec.repetition(text).ifPresent(known -> repetitions.put(kind, known)));
  }

  private void check() {
    for (byte[] frame : file.numbered("crashes").values()) {
      if (RecordFrame.unwrap(frame).isEmpty()) {
        throw new DamagedException("a crash is damaged");
      }
    }
  }

  /** Takes over the crashes that are whole, each as it was kept last. */
  private void takeOver(Path aside) throws IOException {
    Map<Long, KeptCrash> whole = new TreeMap<>();
    RecordFrame.scan(
        aside,
        content ->
            CrashCodec.decode(content)
                .ifPresent(
                    kept ->
                        whole.merge(
                            kept.number(),
                            kept,
                            (one, other) ->
                                one.stage().compareTo(other.stage()) > 0 ? one : other)));
    for (KeptCrash kept : whole.values()) {
      put(kept);
      see(kept.crash().id());
    }
    log.error("{} crashes were recovered from {}.", whole.size(), aside.getFileName());
  }
}
