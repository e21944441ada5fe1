package org.candor.core.crash;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.core.store.DamagedException;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Bounded table of crashes by number, with a deduplication window: the newest thousand crashes, and
 * the ids of the newest ten thousand. For one thread at a time.
 */
final class KeptCrashes {

  private static final String CRASHES = "crashes";
  private static final String SEEN = "seen";
  private static final String PLACES = "places";
  private static final int MOST_CRASHES = 1_000;
  private static final int MOST_IDS = 10_000;

  private final StoreFile file;
  private final Clock clock;

  /**
   * @param file is open whenever this is used
   */
  KeptCrashes(StoreFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Whether a crash of this id was seen, kept or not. */
  boolean knows(String id) {
    return seen().containsKey(id);
  }

  /** Adds a crash under the next number. */
  void add(Crash crash, long count, CrashStage stage) {
    MVMap<Long, byte[]> crashes = crashes();
    long last = crashes.isEmpty() ? 0 : crashes.lastKey();
    keep(new KeptCrash(Math.max(last + 1, clock.millis()), crash, count, stage));
    while (crashes.sizeAsLong() > MOST_CRASHES) {
      crashes.remove(crashes.firstKey());
    }
  }

  /** Keeps a crash under the number that it has. */
  void keep(KeptCrash kept) {
    put(kept);
    see(kept.crash().id());
  }

  /** Notes the id of a crash that is not kept by itself. */
  void see(String id) {
    Map<String, String> seen = seen();
    MVMap<Long, byte[]> places = file.numbered(PLACES);
    long place = places.isEmpty() ? 1 : places.lastKey() + 1;
    seen.put(id, Long.toString(place));
    places.put(place, id.getBytes(StandardCharsets.US_ASCII));
    while (places.sizeAsLong() > MOST_IDS) {
      byte[] oldest = places.remove(places.firstKey());
      seen.remove(new String(oldest, StandardCharsets.US_ASCII));
    }
  }

  void mark(long number, CrashStage stage) {
    at(number).filter(kept -> kept.stage() != stage).ifPresent(kept -> put(kept.as(stage)));
  }

  /** Marks all that no channel has taken as withheld. */
  void withhold() {
    for (long number : List.copyOf(crashes().keySet())) {
      at(number)
          .filter(kept -> kept.stage() == CrashStage.NEW)
          .ifPresent(kept -> put(kept.as(CrashStage.WITHHELD)));
    }
  }

  /** The oldest after a number that may be reported. */
  List<KeptCrash> after(long number, int most) {
    List<KeptCrash> found = new ArrayList<>();
    MVMap<Long, byte[]> crashes = crashes();
    for (Long next = crashes.higherKey(number);
        next != null && found.size() < most;
        next = crashes.higherKey(next)) {
      at(next).filter(kept -> kept.stage() != CrashStage.WITHHELD).ifPresent(found::add);
    }
    return found;
  }

  Optional<KeptCrash> newest() {
    MVMap<Long, byte[]> crashes = crashes();
    return crashes.isEmpty() ? Optional.empty() : at(crashes.lastKey());
  }

  List<KeptCrash> newestFirst() {
    List<KeptCrash> all = new ArrayList<>();
    MVMap<Long, byte[]> crashes = crashes();
    for (Long number = crashes.lastKey(); number != null; number = crashes.lowerKey(number)) {
      at(number).ifPresent(all::add);
    }
    return all;
  }

  /**
   * @throws DamagedException when one is not whole
   */
  void check() {
    for (byte[] frame : crashes().values()) {
      if (RecordFrame.unwrap(frame).isEmpty()) {
        throw new DamagedException("a crash is not whole");
      }
    }
  }

  private void put(KeptCrash kept) {
    crashes().put(kept.number(), RecordFrame.wrap(CrashCodec.encode(kept)));
  }

  private Optional<KeptCrash> at(long number) {
    return Optional.ofNullable(crashes().get(number))
        .flatMap(RecordFrame::unwrap)
        .flatMap(CrashCodec::decode);
  }

  private MVMap<Long, byte[]> crashes() {
    return file.numbered(CRASHES);
  }

  private Map<String, String> seen() {
    return file.named(SEEN);
  }
}
