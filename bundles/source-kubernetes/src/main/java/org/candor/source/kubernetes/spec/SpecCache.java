package org.candor.source.kubernetes.spec;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.source.kubernetes.spec.SpecState.Trouble;

/**
 * List-and-watch cache: puts together what lists and events tell. For one thread.
 *
 * <p>That a resource is not there any more is the owner's setting only where no name was given:
 * then there is no specification, and it is silent. Whoever gave a name said where the word stands;
 * if nothing is there, by an accident or because the name is mistyped, it cannot be read, and what
 * it said before counts on.
 */
final class SpecCache {

  private final Selection selection;
  private final Clock clock;
  private final Map<String, Spec> present = new TreeMap<>();
  private Optional<List<Spec>> said = Optional.empty();
  private Optional<Trouble> missing = Optional.empty();
  private Optional<Trouble> trouble = Optional.empty();

  SpecCache(Selection selection, Clock clock) {
    this.selection = selection;
    this.clock = clock;
  }

  /** These are all. */
  void listed(List<Spec> specs) {
    present.clear();
    specs.stream().filter(selection::covers).forEach(spec -> present.put(spec.id(), spec));
    settle();
  }

  /** This one is new, or has changed. */
  void changed(Spec spec) {
    if (selection.covers(spec)) {
      present.put(spec.id(), spec);
    }
    settle();
  }

  /** This one is gone. */
  void removed(Spec spec) {
    present.remove(spec.id());
    settle();
  }

  private void settle() {
    if (present.isEmpty() && !selection.name().isEmpty()) {
      missing = after(missing, FailureReason.REFUSED, "there is no " + selection);
    } else {
      missing = Optional.empty();
      said = Optional.of(List.copyOf(present.values()));
    }
  }

  /** Something could not be read. */
  void failed(SourceException failure) {
    trouble = after(trouble, failure.reason(), failure.getMessage());
  }

  /** All can be read, and every change will be reported. */
  void recovered() {
    trouble = Optional.empty();
  }

  private Optional<Trouble> after(Optional<Trouble> before, FailureReason reason, String why) {
    return Optional.of(
        new Trouble(
            before.map(Trouble::since).orElse(clock.instant().truncatedTo(ChronoUnit.SECONDS)),
            reason,
            why));
  }

  /** What is known now. */
  SpecState now() {
    Optional<Trouble> now = trouble.or(() -> missing);
    return said.<SpecState>map(specs -> new SpecState.Known(selection, specs, now))
        .orElseGet(() -> new SpecState.Unread("", now));
  }
}
