package org.candor.core.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out that the framework has undone what a person wrote. File Install puts back what it read
 * before the person wrote, or nothing at all when it read the file in the instant in which it had
 * emptied it itself (its {@code ConfigInstaller} writes in place, on another thread than the one
 * that reads). It never tells, but it shows: what a person writes is in the file first, what File
 * Install writes was in Config Admin before. For one thread at a time.
 */
final class Undoing {

  /** What is older was read by File Install as it should be. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Set<String> answers;
  private final Clock clock;
  private Content before = new Content(Map.of(), Instant.EPOCH, true);
  private Content now = before;

  /**
   * @param answers the keys with answers
   */
  Undoing(Set<String> answers, Clock clock) {
    this.answers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.answers.addAll(answers);
    this.clock = clock;
  }

  /** What the file said from a time on, and whether the framework wrote it. */
  private record Content(Map<String, String> values, Instant since, boolean framework) {

    private String value(String key) {
      return values.getOrDefault(key, "").strip();
    }
  }

  /** Candor wrote the file, and Config Admin's copy with it. */
  void wrote(Map<String, String> values) {
    now = new Content(values, clock.instant(), false);
    before = now;
  }

  /**
   * The file says something, perhaps something else.
   *
   * @param framework whether Config Admin says the same already
   */
  void read(Map<String, String> values, boolean framework) {
    if (!values.equals(now.values())) {
      before = now;
      now = new Content(values, clock.instant(), framework);
    }
  }

  /**
   * What a person wrote and is undone: a no, whatever stands there by now, to be on the safe side;
   * all else only where its key is gone, as after File Install has read an empty file.
   */
  Map<String, String> undone() {
    Map<String, String> undone = new TreeMap<>();
    if (now.framework() && !before.framework() && before.since().plus(FRESH).isAfter(now.since())) {
      before.values().keySet().stream()
          .filter(this::isUndone)
          .forEach(key -> undone.put(key, before.value(key)));
    }
    return undone;
  }

  private boolean isUndone(String key) {
    String value = before.value(key);
    String by = now.value(key);
    boolean isNo = answers.contains(key) && !value.equalsIgnoreCase("true");
    return !value.isEmpty() && !value.equals(by) && (isNo || !now.values().containsKey(key));
  }
}
