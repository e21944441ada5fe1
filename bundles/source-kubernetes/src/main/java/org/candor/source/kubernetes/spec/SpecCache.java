package org.candor.source.kubernetes.spec;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.candor.api.consent.Purpose;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.source.kubernetes.spec.SpecState.Trouble;

/**
 * List-and-watch cache: puts together what lists and events tell. A change costs the same however
 * many resources there are; only {@link #now} looks at all of them. Thread-safe.
 *
 * <p>That a resource is not there any more is the owner's setting only where no name was given:
 * then there is no specification, and it is silent. Whoever gave a name said where the word stands;
 * if nothing is there, by an accident or because the name is mistyped, it cannot be read, and what
 * it said before counts on.
 */
final class SpecCache {

  /** More would be no specification, and take room without end. */
  static final int MOST = 20_000;

  private final Selection selection;
  private final Clock clock;
  private final Map<String, Spec> present = new TreeMap<>();
  private final Map<Purpose, Integer> denials = new EnumMap<>(Purpose.class);

  /** Whether what is present is what the specification says. */
  private boolean isWord;

  /** What it said when it could be read last; behind while {@link #isWord}. */
  private Optional<List<Spec>> said = Optional.empty();

  private Optional<Trouble> missing = Optional.empty();
  private Optional<Trouble> trouble = Optional.empty();

  SpecCache(Selection selection, Clock clock) {
    this.selection = selection;
    this.clock = clock;
  }

  /**
   * These are all.
   *
   * @throws SourceException when they are too many
   */
  synchronized void listed(List<Spec> specs) throws SourceException {
    List<Spec> meant = specs.stream().filter(selection::covers).toList();
    if (meant.size() > MOST) {
      throw tooMany();
    }
    if (meant.isEmpty() && isNamed()) {
      keepWord();
    }
    present.clear();
    denials.clear();
    meant.forEach(this::put);
    settle();
  }

  /**
   * This one is new, or has changed.
   *
   * @throws SourceException when there are too many by now
   */
  synchronized void changed(Spec spec) throws SourceException {
    if (selection.covers(spec)) {
      if (present.size() >= MOST && !present.containsKey(spec.id())) {
        throw tooMany();
      }
      put(spec);
    }
    settle();
  }

  /** This one is gone. */
  synchronized void removed(Spec spec) {
    if (isNamed() && present.size() == 1 && present.containsKey(spec.id())) {
      keepWord();
    }
    Optional.ofNullable(present.remove(spec.id())).ifPresent(gone -> count(gone, -1));
    settle();
  }

  private SourceException tooMany() {
    return new SourceException(
        FailureReason.FAILED,
        "there are more than "
            + MOST
            + " "
            + selection.kind().word()
            + "; set specName and namespace.");
  }

  private boolean isNamed() {
    return !selection.name().isEmpty();
  }

  private void put(Spec spec) {
    Optional.ofNullable(present.put(spec.id(), spec)).ifPresent(before -> count(before, -1));
    count(spec, 1);
  }

  private void count(Spec spec, int sign) {
    spec.forbidden().forEach(purpose -> denials.merge(purpose, sign, Integer::sum));
  }

  /** Before what is present goes, it is what was said last. */
  private void keepWord() {
    if (isWord) {
      said = Optional.of(List.copyOf(present.values()));
      isWord = false;
    }
  }

  private void settle() {
    if (present.isEmpty() && isNamed()) {
      missing = after(missing, FailureReason.REFUSED, "there is no " + selection);
    } else {
      missing = Optional.empty();
      isWord = true;
    }
  }

  /** Something could not be read. */
  synchronized void failed(SourceException failure) {
    trouble = after(trouble, failure.reason(), failure.getMessage());
  }

  /** All can be read, and every change will be reported. */
  synchronized void recovered() {
    trouble = Optional.empty();
  }

  private Optional<Trouble> after(Optional<Trouble> before, FailureReason reason, String why) {
    return Optional.of(
        new Trouble(
            before.map(Trouble::since).orElse(clock.instant().truncatedTo(ChronoUnit.SECONDS)),
            reason,
            why));
  }

  /** The purposes that are forbidden now. */
  synchronized Set<Purpose> forbidden() {
    Set<Purpose> forbidden = EnumSet.noneOf(Purpose.class);
    if (isWord) {
      denials.forEach((purpose, count) -> addIf(forbidden, purpose, count > 0));
    } else {
      said.orElse(List.of()).forEach(spec -> forbidden.addAll(spec.forbidden()));
    }
    return forbidden;
  }

  private static void addIf(Set<Purpose> to, Purpose purpose, boolean isForbidden) {
    if (isForbidden) {
      to.add(purpose);
    }
  }

  /** What is known now. */
  synchronized SpecState now() {
    if (isWord) {
      said = Optional.of(List.copyOf(present.values()));
    }
    Optional<Trouble> now = trouble.or(() -> missing);
    return said.<SpecState>map(specs -> new SpecState.Known(selection, specs, now))
        .orElseGet(() -> new SpecState.Unread("", now));
  }
}
