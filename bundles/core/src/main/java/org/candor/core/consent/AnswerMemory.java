package org.candor.core.consent;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.candor.control.Answerer;
import org.candor.control.Answers;

/**
 * The answers in force, lock-free: whoever asks or denies waits for nobody who writes. A denial
 * counts here before it is written, and goes on counting when it cannot be. Thread-safe; denials
 * may be added at any time, all else is changed by one thread at a time.
 */
final class AnswerMemory {

  private final AnswerDisk disk;
  private final AnswersLayerCache layers;
  private final Clock clock;

  /** Empty until it could be read. */
  private final AtomicReference<Optional<AnswerBook>> known =
      new AtomicReference<>(Optional.empty());

  /** Denials that count already, and are not written down together with their entries yet. */
  private final Map<String, Denial> held = new ConcurrentHashMap<>();

  AnswerMemory(AnswerDisk disk, AnswersLayerCache layers, Clock clock) {
    this.disk = disk;
    this.layers = layers;
    this.clock = clock;
  }

  /** What is known; empty when nobody could read it yet. Asks no disk. */
  Optional<AnswerBook> known() {
    return known.get();
  }

  /**
   * What is known, read when it is not.
   *
   * @throws IOException when it cannot be, in full sentences
   */
  AnswerBook book() throws IOException {
    Optional<AnswerBook> now = known.get();
    return now.isPresent() ? now.get() : load();
  }

  private AnswerBook load() throws IOException {
    AnswerDisk.Copy copy = disk.load();
    if (known.compareAndSet(Optional.empty(), Optional.of(copy.book()))) {
      disk.adopt(copy);
      addHeld();
    }
    return known.get().orElse(copy.book());
  }

  /**
   * What was known when somebody answered.
   *
   * @param book with the denials of that answer
   * @param isNew whether any of these is new
   */
  record Asked(AnswerBook book, boolean isNew) {}

  /**
   * Has the denials count from now on (compare and set).
   *
   * @param seen what somebody saw who answers; empty when that does not matter
   * @return empty when the answers are others than were seen
   * @throws IOException when nobody knows what was answered before; the denials count all the same
   */
  Optional<Asked> hold(Optional<Answers> seen, Answers answers, Answerer answerer)
      throws IOException {
    Map<Subject, Denial> made =
        Subject.of(answers, false)
            .collect(Collectors.toMap(subject -> subject, subject -> denial(subject, answerer)));
    try {
      book();
    } catch (IOException e) {
      made.values().forEach(this::holdUnread);
      throw e;
    }
    while (true) {
      Optional<AnswerBook> now = known.get();
      AnswerBook book = now.orElseThrow();
      if (seen.isPresent() && !layers.of(book).answers().equals(seen.get())) {
        return Optional.empty();
      }
      List<Denial> denials =
          made.values().stream()
              .filter(denial -> book.stage(denial.subject(), AnswersLayer.NAME).isEmpty())
              .toList();
      if (denials.isEmpty()) {
        return Optional.of(new Asked(book, false));
      }
      AnswerBook next = book.withDenials(denials);
      denials.forEach(denial -> held.put(denial.id(), denial));
      if (known.compareAndSet(now, Optional.of(next))) {
        return Optional.of(new Asked(next, true));
      }
      denials.forEach(denial -> held.remove(denial.id()));
    }
  }

  private void holdUnread(Denial denial) {
    boolean isHeld = held.values().stream().anyMatch(old -> old.subject().equals(denial.subject()));
    if (!isHeld) {
      held.put(denial.id(), denial);
    }
    addHeld();
  }

  /** Those that were given while nobody knew what was answered before. */
  private void addHeld() {
    known.updateAndGet(
        now ->
            now.map(
                book ->
                    book.withDenials(
                        held.values().stream()
                            .filter(denial -> !book.denials().containsKey(denial.id()))
                            .toList())));
  }

  private Denial denial(Subject subject, Answerer answerer) {
    return new Denial(
        UUID.randomUUID().toString(),
        subject,
        AnswersLayer.NAME,
        answerer,
        clock.instant(),
        "",
        Optional.empty());
  }

  /** Those in the book that whoever writes next has to put on record, whoever gave them. */
  List<Denial> due(AnswerBook book) {
    return held.values().stream()
        .filter(denial -> book.denials().containsKey(denial.id()))
        .toList();
  }

  /** The ids of denials that count and are not written down together with their entries yet. */
  Set<String> held() {
    return Set.copyOf(held.keySet());
  }

  /** Has a book that was written count, and lets go of those that were due in it. */
  void written(AnswerBook all, List<Denial> due) {
    due.forEach(denial -> held.remove(denial.id()));
    known.updateAndGet(now -> Optional.of(now.map(book -> withHeld(all, book)).orElse(all)));
  }

  /** Denials may have been added meanwhile. */
  private AnswerBook withHeld(AnswerBook all, AnswerBook now) {
    return all.withDenials(
        due(now).stream().filter(denial -> !all.denials().containsKey(denial.id())).toList());
  }

  /** Adds all that another book knows; returns all that is known then. */
  AnswerBook merge(AnswerBook other) {
    return known
        .updateAndGet(now -> Optional.of(now.map(book -> book.merge(other)).orElse(other)))
        .orElseThrow();
  }

  /** Notes which changes are on record. */
  void recorded(Set<String> ids) {
    known.updateAndGet(now -> now.map(book -> book.withoutUnrecorded(ids)));
  }
}
