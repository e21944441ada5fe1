package org.candor.core.consent;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.text.PlainText;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.Explanation.LayerExplanation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write side of the answers (transactional outbox): a grant counts only once it is on disk, and the
 * changes that go on record are written together with the answers, and again without them when the
 * journal has them, so that a crash between any two steps leaves the answer before or after, and
 * its entry. Thread-safe; writers wait for each other.
 */
final class AnswerWriter {

  private static final Logger log = LoggerFactory.getLogger(AnswerWriter.class);

  private final AnswerMemory memory;
  private final AnswerQueries queries;
  private final AnswersLayerCache answers;
  private final AnswerDisk disk;
  private final AuditRelay relay;
  private final AuditTrail changes;
  private final LayerRecorder recorder;
  private final Layers layers;
  private final Function<AnswerBook, Granting> grantings;

  /**
   * @param grantings makes grants on top of a book
   */
  AnswerWriter(
      AnswerMemory memory,
      AnswerQueries queries,
      AnswersLayerCache answers,
      AnswerDisk disk,
      AuditRelay relay,
      AuditTrail changes,
      LayerRecorder recorder,
      Layers layers,
      Function<AnswerBook, Granting> grantings) {
    this.memory = memory;
    this.queries = queries;
    this.answers = answers;
    this.disk = disk;
    this.relay = relay;
    this.changes = changes;
    this.recorder = recorder;
    this.layers = layers;
    this.grantings = grantings;
  }

  /**
   * Writes the answers.
   *
   * @param asked what was known: a grant takes back no denial that came later
   * @param accept gets what is granted once it is on disk, before it counts
   * @throws IOException when they could not be written; the denials count on until the restart
   */
  synchronized Answered answer(
      AnswerMemory.Asked asked, Answers given, Answerer answerer, Consumer<Answers> accept)
      throws IOException {
    AnswerBook before = memory.book();
    List<Denial> due = memory.due(before);
    LayerRecorder.Recorded recorded = recorder.compare(before, answers.of(before));
    Granting granting = grantings.apply(recorded.book());
    for (Subject subject : Subject.of(given, true).toList()) {
      granting.ask(subject, answerer, asked.book());
    }
    Optional<Answers> accepted =
        Optional.of(granting.accepted())
            .filter(subjects -> !subjects.isEmpty())
            .map(Subject::granted);
    boolean isNew =
        !due.isEmpty() || !granting.grants().isEmpty() || !recorded.book().equals(before);
    if (isNew || disk.isBehind()) {
      AnswerBook next =
          changes.record(
              before,
              granting.book(),
              concat(due, recorded.denials()),
              concat(recorded.grants(), granting.grants()));
      write(recorded, due, next, () -> accepted.ifPresent(accept));
    } else {
      accepted.ifPresent(accept);
    }
    relay();
    return new Answered(true, granting.refused());
  }

  /** Writes down what layers say; whether anything counts differently since. */
  synchronized boolean record() throws IOException {
    AnswerBook before = memory.book();
    List<Denial> due = memory.due(before);
    LayerRecorder.Recorded recorded = recorder.compare(before, answers.of(before));
    AnswerBook next =
        changes.record(before, recorded.book(), concat(due, recorded.denials()), recorded.grants());
    boolean isNew = !next.equals(before);
    if (isNew || disk.isBehind()) {
      write(recorded, due, next, () -> {});
    } else {
      forgetGone(recorded);
    }
    relay();
    if (disk.isOutdated()) {
      noteRecorded();
    }
    return isNew;
  }

  private static <T> List<T> concat(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /**
   * @param onDisk runs once all is on disk, before it counts
   */
  private void write(
      LayerRecorder.Recorded recorded, List<Denial> due, AnswerBook next, Runnable onDisk)
      throws IOException {
    AnswerBook all = next.merge(disk.changed()).pruned();
    disk.write(all);
    forgetGone(recorded);
    recorded.warnings().stream().map(PlainText::shown).forEach(log::warn);
    onDisk.run();
    memory.written(all, due);
  }

  private void forgetGone(LayerRecorder.Recorded recorded) {
    recorded.gone().forEach(gone -> layers.forget(gone.layer(), gone.purpose()));
  }

  /** What fails is tried again with the next change or look. */
  private void relay() {
    List<ConsentChange> pending = memory.known().map(AnswerBook::unrecorded).orElse(List.of());
    if (pending.isEmpty()) {
      return;
    }
    Set<String> done = relay.relay(pending, this::why);
    if (!done.isEmpty()) {
      memory.recorded(done);
      // Noted by whoever writes next: nobody who answers waits for it.
      disk.outdate();
    }
  }

  private Optional<String> why(ConsentChange change) {
    return change
        .purpose()
        .flatMap(
            purpose ->
                queries.explain(purpose, Optional.empty()).layers().stream()
                    .filter(word -> word.verdict() == LayerAnswer.FORBIDS)
                    .findFirst())
        .map(LayerExplanation::why);
  }

  private void noteRecorded() {
    try {
      AnswerBook all = memory.merge(disk.changed());
      disk.replace(all.withoutDenials(memory.held()));
    } catch (IOException e) {
      // The journal knows them by their ids when this is read again.
      log.debug("Changes on record are still noted as not", e);
    }
  }

  /** Reads anew what somebody else put in place; whether there was any such thing. */
  synchronized boolean look() {
    try {
      memory.book();
      if (!disk.isChanged()) {
        return false;
      }
      AnswerDisk.Copy copy = disk.read();
      AnswerBook all = memory.merge(copy.book());
      disk.adopt(copy);
      if (!all.equals(copy.book())) {
        // An older copy must not be all that is left of them at the next start.
        disk.outdate();
      }
      return true;
    } catch (IOException e) {
      log.debug("The answers are read again later", e);
      return false;
    }
  }

  /** Whether something is obeyed that is not written down or on record yet. */
  boolean isBehind() {
    return disk.isBehind() || relay.hasFailed() || !memory.held().isEmpty();
  }
}
