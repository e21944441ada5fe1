package org.candor.core.crash;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.candor.core.store.StoreFile;

/**
 * Write-through cache of what is remembered of crashes alike, by kind, since all of it is looked at
 * with every crash. Bounded. For one thread at a time.
 */
final class Repetitions {

  private static final String MAP = "repetitions";
  private final StoreFile file;
  private final Supplier<CrashLimits> limits;
  private final Map<String, Repetition> byKind = new HashMap<>();

  /**
   * @param file is open, now and whenever this is used
   */
  Repetitions(StoreFile file, Supplier<CrashLimits> limits) {
    this.file = file;
    this.limits = limits;
    file.named(MAP)
        .forEach(
            (kind, text) ->
                CrashCodec.repetition(text)
                    .ifPresent(known -> byKind.put(kind, known.within(bytesOfLoop()))));
  }

  /** Bytes that the first crash of a loop may have. */
  int bytesOfLoop() {
    return limits.get().bytesOfLoop();
  }

  /**
   * The kind whose loop has to end before its time, since there is no room for so many: of the
   * component that has most, the one that began first. Empty when there is room.
   */
  Optional<String> excessLoop() {
    Map<String, List<String>> byComponent =
        byKind.entrySet().stream()
            .filter(entry -> entry.getValue().loop().isPresent())
            .sorted(Comparator.comparing(entry -> entry.getValue().since()))
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getValue().loop().orElseThrow().component(),
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    int loops = byComponent.values().stream().mapToInt(List::size).sum();
    return loops <= limits.get().loops()
        ? Optional.empty()
        : byComponent.values().stream()
            .max(Comparator.comparingInt(List::size))
            .map(kinds -> kinds.get(0));
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
    if (byKind.size() > limits.get().kinds()) {
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
