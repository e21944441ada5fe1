package org.candor.core.consent;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;

/**
 * Layer registry: the layers of other bundles, and what each said last while it was here: a denial
 * that was said and not yet written down must not go with its bundle. Keeps nothing of a layer that
 * went but texts. Thread-safe.
 */
final class Layers {

  private final Map<ConsentLayer, Bound> bound = new ConcurrentHashMap<>();
  private final Map<String, Said> said = new ConcurrentHashMap<>();

  private final Set<String> left = ConcurrentHashMap.newKeySet();

  /**
   * @param answers whether what it allows is the owner's answer
   */
  private record Bound(String name, boolean answers) {}

  /**
   * @param present whether the layer is here
   * @param answers whether what it allows is the owner's answer
   */
  record Said(Verdict verdict, boolean present, boolean answers) {

    private Said absent() {
      return new Said(verdict, false, answers);
    }
  }

  void bind(ConsentLayer layer, String name, boolean answers) {
    left.remove(name);
    bound.put(layer, new Bound(name, answers));
    hear(layer);
  }

  /** Asks it, so that what it says counts although it may go at any time. */
  void hear(ConsentLayer layer) {
    Bound known = bound.get(layer);
    if (known != null) {
      for (Purpose purpose : Purpose.values()) {
        ask(known.name, purpose);
      }
    }
  }

  void unbind(ConsentLayer layer) {
    Bound gone = bound.remove(layer);
    if (gone != null && !isBound(gone.name)) {
      left.add(gone.name);
      for (Purpose purpose : Purpose.values()) {
        said.computeIfPresent(key(gone.name, purpose), (key, last) -> last.absent());
      }
    }
  }

  /** What a layer said that went is written down now. */
  void forget(String name, Purpose purpose) {
    said.computeIfPresent(key(name, purpose), (key, last) -> last.present() ? last : null);
  }

  /** Whether a layer of this name was here and went; one that never was here may yet come. */
  boolean hasLeft(String name) {
    return left.contains(name);
  }

  private boolean isBound(String name) {
    return bound.values().stream().anyMatch(other -> other.name.equals(name));
  }

  /** The strictest of what layers of this name say now, or said last; empty when none was here. */
  Optional<Said> ask(String name, Purpose purpose) {
    Optional<Said> now =
        bound.entrySet().stream()
            .filter(entry -> entry.getValue().name.equals(name))
            .map(entry -> new Said(ask(entry.getKey(), purpose), true, entry.getValue().answers))
            .reduce((one, other) -> Decider.isStricter(one.verdict, other.verdict) ? one : other);
    now.ifPresent(latest -> said.put(key(name, purpose), latest));
    return now.or(() -> Optional.ofNullable(said.get(key(name, purpose))));
  }

  /** The names of those that are here, or were. */
  Collection<String> names() {
    Map<String, Boolean> names = new TreeMap<>();
    bound.values().forEach(one -> names.put(one.name, true));
    Stream.of(said.keySet().toArray(String[]::new))
        .forEach(key -> names.put(key.substring(0, key.lastIndexOf('/')), true));
    return names.keySet();
  }

  private static Verdict ask(ConsentLayer layer, Purpose purpose) {
    try {
      return layer.verdict(purpose);
    } catch (RuntimeException | LinkageError e) {
      return Verdict.forbids("could not be asked: " + e);
    }
  }

  private static String key(String name, Purpose purpose) {
    return name + "/" + purpose.label();
  }
}
