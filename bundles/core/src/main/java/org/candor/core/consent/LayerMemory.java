package org.candor.core.consent;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.consent.Word;
import org.candor.core.settings.ConfigFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the layers of other bundles said last, in a file in {@code etc/}: a layer that is not there,
 * or cannot tell, must not turn an earlier no into a yes. Safe for several threads.
 */
final class LayerMemory {

  private static final Logger log = LoggerFactory.getLogger(LayerMemory.class);

  private final ConfigFile file;
  private final String name;
  private final Clock clock;
  private final Map<Saying, Verdict> known = new HashMap<>();
  private boolean read;
  private boolean unwritten;

  LayerMemory(ConfigFile file, String name, Clock clock) {
    this.file = file;
    this.name = name;
    this.clock = clock;
  }

  /** Which layer spoke of which purpose. */
  record Saying(String layer, Purpose purpose) {

    private String key() {
      return layer + "/" + purpose.label();
    }

    private static Optional<Saying> of(String key) {
      int slash = key.lastIndexOf('/');
      return Purpose.of(key.substring(slash + 1))
          .filter(purpose -> slash > 0)
          .map(purpose -> new Saying(key.substring(0, slash), purpose));
    }
  }

  /** What the layer said last; empty when it never said anything. */
  synchronized Optional<Verdict> recall(Saying saying) throws IOException {
    ensureRead();
    return Optional.ofNullable(known.get(saying));
  }

  /** Every no that was said of a purpose, by layer. */
  synchronized Map<String, Verdict> noes(Purpose purpose) throws IOException {
    ensureRead();
    Map<String, Verdict> noes = new HashMap<>();
    known.forEach(
        (saying, verdict) -> {
          if (saying.purpose == purpose && verdict.word() == Word.FORBIDS) {
            noes.put(saying.layer, verdict);
          }
        });
    return noes;
  }

  /** Keeps what the layer says now, when it is another word than before. */
  synchronized void keep(Saying saying, Verdict verdict) {
    try {
      ensureRead();
      Optional<Verdict> before = Optional.ofNullable(known.get(saying));
      boolean isNew = before.filter(b -> b.word() == verdict.word()).isEmpty();
      if (isNew) {
        known.put(saying, dated(verdict));
      }
      if (isNew || unwritten) {
        write(Map.of(saying.key(), text(known.get(saying))));
      }
    } catch (IOException e) {
      if (!unwritten) {
        log.error(
            "{} cannot be written ({}). What {} says is obeyed, but not remembered after a restart."
                + " Let this user read and write that file.",
            name,
            e.toString(),
            saying.layer);
      }
      unwritten = true;
    }
  }

  /** Forgets what layers said of these purposes, but for those that are there. */
  synchronized void forgetAbsent(Set<Purpose> purposes, Set<String> present) throws IOException {
    ensureRead();
    Map<String, String> changes = new HashMap<>();
    known
        .keySet()
        .removeIf(
            saying -> {
              boolean forgotten =
                  purposes.contains(saying.purpose) && !present.contains(saying.layer);
              if (forgotten) {
                changes.put(saying.key(), "");
              }
              return forgotten;
            });
    if (!changes.isEmpty()) {
      write(changes);
    }
  }

  private void write(Map<String, String> changes) throws IOException {
    Map<String, String> all = new HashMap<>();
    if (unwritten) {
      known.forEach((saying, verdict) -> all.put(saying.key(), text(verdict)));
    }
    all.putAll(changes);
    file.write(all);
    unwritten = false;
  }

  private void ensureRead() throws IOException {
    if (!read) {
      Map<String, String> values = file.read().orElse(Map.of());
      values.forEach(
          (key, text) ->
              Saying.of(key).ifPresent(saying -> verdict(text).ifPresent(v -> put(saying, v))));
      read = true;
    }
  }

  private void put(Saying saying, Verdict verdict) {
    known.putIfAbsent(saying, verdict);
  }

  private Verdict dated(Verdict verdict) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Verdict(verdict.word(), verdict.why() + " (" + now + ")");
  }

  private static String text(Verdict verdict) {
    return verdict.word().label() + " " + verdict.why().replaceAll("[\\p{C}\\s]+", " ");
  }

  private static Optional<Verdict> verdict(String text) {
    String[] parts = text.strip().split(" ", 2);
    if (parts[0].isEmpty()) {
      return Optional.empty();
    }
    String why = parts.length > 1 ? parts[1] : "";
    return Optional.of(
        switch (parts[0].toLowerCase(Locale.ROOT)) {
          case "allows" -> Verdict.allows(why);
          case "silent" -> Verdict.silent(why);
          default -> Verdict.forbids(why);
        });
  }
}
