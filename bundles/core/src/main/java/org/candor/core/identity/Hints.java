package org.candor.core.identity;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.candor.api.fact.FactNames;
import org.candor.api.source.IdentityHints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fallback values: what other products' files say of this installation, for what the owner left
 * empty. Ids are not among it: those are the owner's, or generated. Thread-safe.
 */
final class Hints {

  private static final Logger log = LoggerFactory.getLogger(Hints.class);

  private static final Set<String> KNOWN =
      Set.of(
          FactNames.PRODUCT_VERSION,
          FactNames.PRODUCT_VARIANT,
          FactNames.PROVIDER,
          FactNames.PLATFORM,
          FactNames.CUSTOMER_KEY,
          FactNames.LICENSE_ID);

  private final List<IdentityHints> sources = new CopyOnWriteArrayList<>();

  void add(IdentityHints source) {
    sources.add(source);
  }

  void remove(IdentityHints source) {
    sources.remove(source);
  }

  /** What the owner set for a fact, or else what the first source says that says anything. */
  String or(String owners, String fact) {
    if (!owners.isBlank() || !KNOWN.contains(fact)) {
      return owners.strip();
    }
    return sources.stream()
        .map(source -> ask(source, fact))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A source that fails costs its own values only. */
  private static String ask(IdentityHints source, String fact) {
    try {
      return source.hints().getOrDefault(fact, "").strip();
    } catch (RuntimeException | LinkageError e) {
      log.debug("{} cannot say {}", source.getClass().getName(), fact, e);
      return "";
    }
  }
}
