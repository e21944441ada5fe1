package org.candor.core.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids of the last while: of ten to twenty minutes, or the last fifty to hundred thousand. For one
 * thread at a time.
 */
final class RecentIds {

  static final Duration WHILE = Duration.ofMinutes(10);
  static final int MANY = 50_000;

  private final Clock clock;
  private Set<String> older = new HashSet<>();
  private Set<String> newer = new HashSet<>();
  private Instant newerSince;

  RecentIds(Clock clock) {
    this.clock = clock;
    this.newerSince = clock.instant();
  }

  /** Adds an id; false when it is one of them already. */
  boolean add(String id) {
    return !older.contains(id) && newer.add(id);
  }

  /** Takes back what was just added. */
  void remove(String id) {
    newer.remove(id);
  }

  /** Forgets what is too old or too much. */
  void trim() {
    Duration age = Duration.between(newerSince, clock.instant());
    boolean isOld = age.isNegative() || age.compareTo(WHILE) >= 0;
    if (newer.size() >= MANY || isOld) {
      older = age.compareTo(WHILE.multipliedBy(2)) >= 0 ? new HashSet<>() : newer;
      newer = new HashSet<>();
      newerSince = clock.instant();
    }
  }

  void clear() {
    older = new HashSet<>();
    newer = new HashSet<>();
  }
}
