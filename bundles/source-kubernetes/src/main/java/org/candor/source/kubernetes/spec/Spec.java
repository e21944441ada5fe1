package org.candor.source.kubernetes.spec;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;

/**
 * What one resource says.
 *
 * @param namespace empty for a kind that is in none
 * @param name its own
 * @param flags the keys that it has
 * @param distribution its {@code spec.k8sDistro}; empty when it has none
 */
record Spec(String namespace, String name, Map<Key, Flag> flags, String distribution) {

  Spec {
    flags = Map.copyOf(flags);
  }

  /** What tells it from others of its kind. */
  String id() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** A word on the purpose for each key that is given. */
  Stream<Verdict> verdicts(String kind, Purpose purpose) {
    return Stream.of(Key.values())
        .filter(key -> key.speaksOf(purpose))
        .flatMap(
            key ->
                Optional.ofNullable(flags.get(key)).stream()
                    .map(flag -> new Verdict(flag.answer(), why(kind, key, flag))));
  }

  /** The purposes that it forbids. */
  Set<Purpose> forbidden() {
    Set<Purpose> forbidden = EnumSet.noneOf(Purpose.class);
    flags.forEach(
        (key, flag) -> {
          if (flag.answer() == LayerAnswer.FORBIDS) {
            Stream.of(Purpose.values()).filter(key::speaksOf).forEach(forbidden::add);
          }
        });
    return forbidden;
  }

  /** A line for each value that is neither true nor false. */
  Stream<String> complaints(String kind) {
    return flags.entrySet().stream()
        .filter(entry -> !entry.getValue().understood())
        .map(
            entry ->
                why(kind, entry.getKey(), entry.getValue())
                    + " counts as true; allowed is true or false, without quotes.");
  }

  private String why(String kind, Key key, Flag flag) {
    return key + " = " + flag.text() + " in " + kind + " " + id();
  }
}
