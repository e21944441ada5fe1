package org.candor.core.consent;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Names the keys of the owner's file that mean nothing, so that a no with a slip of the pen is not
 * taken for one that counts. For one thread at a time.
 */
final class StrayKeys {

  /** What the framework keeps beside an owner's keys. */
  private static final List<String> FRAMEWORK = List.of("felix.", "service.", "org.apache.");

  private final String file;
  private final String allowed;
  private final Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final Consumer<String> warn;
  private Set<String> named = Set.of();

  /**
   * @param allowed the keys to name
   * @param others what is understood besides
   * @param warn gets one line for each key that was not there, or was not stray, the time before
   */
  StrayKeys(String file, List<String> allowed, Collection<String> others, Consumer<String> warn) {
    this.file = file;
    this.allowed = String.join(", ", allowed);
    this.known.addAll(allowed);
    this.known.addAll(others);
    this.warn = warn;
  }

  /**
   * @param keys all that the file holds
   */
  void look(Set<String> keys) {
    Set<String> stray = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    keys.stream().filter(this::isStray).forEach(stray::add);
    stray.stream()
        .filter(key -> !named.contains(key))
        .forEach(
            key ->
                warn.accept(
                    file
                        + ": "
                        + key
                        + " means nothing, and is not obeyed; the keys are "
                        + allowed
                        + "."));
    named = stray;
  }

  private boolean isStray(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return !known.contains(key) && FRAMEWORK.stream().noneMatch(lower::startsWith);
  }
}
