package org.candor.core.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Ids of the last while: of ten to twenty minutes, or the last fifty to hundred thousand. Of each a
 * hash of 64 bits is kept: among a hundred thousand, one in a hundred million million is taken for
 * another. For one thread at a time.
 */
public final class DeduplicationWindow {

  public static final Duration WHILE = Duration.ofMinutes(10);
  static final int MANY = 50_000;

  private final Clock clock;
  private final long seed = RandomGenerator.getDefault().nextLong();
  private LongHashSet older = new LongHashSet();
  private LongHashSet newer = new LongHashSet();
  private Instant newerSince;

  DeduplicationWindow(Clock clock) {
    this.clock = clock;
    this.newerSince = clock.instant();
  }

  /** Adds an id; false when it is one of them already. */
  boolean add(String id) {
    long hash = hash(id);
    return !older.contains(hash) && newer.add(hash);
  }

  /** Takes back what was just added. */
  void remove(String id) {
    newer.remove(hash(id));
  }

  /** Forgets what is too old or too much. */
  void trim() {
    Duration age = Duration.between(newerSince, clock.instant());
    boolean isOld = age.isNegative() || age.compareTo(WHILE) >= 0;
    if (newer.size() >= MANY || isOld) {
      older = age.compareTo(WHILE.multipliedBy(2)) >= 0 ? new LongHashSet() : newer;
      newer = new LongHashSet();
      newerSince = clock.instant();
    }
  }

  void clear() {
    older = new LongHashSet();
    newer = new LongHashSet();
  }

  /** FNV-1a over the characters, from a start that nobody outside knows, and mixed at the end. */
  private long hash(String id) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return hash ^ (hash >>> 32);
  }
}
