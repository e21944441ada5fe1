package org.candor.core.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.core.store.StoreFile;

/**
 * Write-through cache of what is remembered of crashes alike, by kind, since all of it is looked at
 * with every crash. Bounded. For one thread at a time.
 */
final class Repetitions {

  private static final String MAP = "repetitions";
  private static final int MOST_KINDS = 500;

  private final StoreFile file;
  private final Map<String, Repetition> byKind = new HashMap<>();

  /**
   * @param file is open, now and whenever this is used
   */
  Repetitions(StoreFile file) {
    this.file = file;
    file.named(MAP)
        .forEach(
            (kind, text) ->
                CrashCodec.repetition(text).ifPresent(known -> byKind.put(kind, known)));
  }

  /** What is remembered, by kind. */
  Map<String, Repetition> all() {
    return Map.copyOf(byKind);
  }

  Optional<Repetition> of(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  void remember(String kind, Repetition repetition) {
    file.named(MAP).put(kind, CrashCodec.encode(repetition));
    byKind.put(kind, repetition);
    if (byKind.size() > MOST_KINDS) {
      // Never one that has counted crashes: their number would be lost.
      byKind.entrySet().stream()
          .filter(other -> !other.getKey().equals(kind))
          .filter(other -> other.getValue().loop().isEmpty())
          .map(Map.Entry::getKey)
          .findFirst()
          .ifPresent(this::forget);
    }
  }

  void forget(String kind) {
    file.named(MAP).remove(kind);
    byKind.remove(kind);
  }
}
