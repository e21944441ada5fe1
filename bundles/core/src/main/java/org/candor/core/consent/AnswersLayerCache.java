package org.candor.core.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Memoization: what the book in force comes to, worked out once, since it is asked for with every
 * event. Thread-safe.
 */
final class AnswersLayerCache {

  private final Supplier<Optional<Instant>> copied;
  private final AtomicReference<Optional<Entry>> last = new AtomicReference<>(Optional.empty());

  private record Entry(AnswerBook book, Optional<Instant> after, AnswersLayer layer) {

    private boolean isOf(AnswerBook other, Optional<Instant> copied) {
      return book == other && after.equals(copied);
    }
  }

  /**
   * @param copied when this was seen to be a copy of another installation
   */
  AnswersLayerCache(Supplier<Optional<Instant>> copied) {
    this.copied = copied;
  }

  /** What the book in force comes to; remembered in place of the one before. */
  AnswersLayer inForce(AnswerBook book) {
    Entry entry = entry(book);
    last.set(Optional.of(entry));
    return entry.layer;
  }

  /** What any book comes to, such as one that is yet to be written. */
  AnswersLayer of(AnswerBook book) {
    return entry(book).layer;
  }

  private Entry entry(AnswerBook book) {
    Optional<Instant> after = copied.get();
    return last.get()
        .filter(entry -> entry.isOf(book, after))
        .orElseGet(() -> new Entry(book, after, new AnswersLayer(book, after)));
  }
}
