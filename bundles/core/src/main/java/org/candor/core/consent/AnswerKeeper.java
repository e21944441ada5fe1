package org.candor.core.consent;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Word;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Explanation;
import org.candor.control.Explanation.LayerWord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the answers: in memory for whoever asks, on disk for whoever comes later, and on record in
 * the journal. A denial counts in memory before it is written, and goes on counting when it cannot
 * be; a grant counts only once it is on disk. The changes that go on record are written together
 * with the answers, and again without them when the journal has them, so that a crash between any
 * two steps leaves the answer before or after, and its entry. Safe for several threads; whoever
 * asks waits for nobody who writes.
 */
final class AnswerKeeper {

  private static final Logger log = LoggerFactory.getLogger(AnswerKeeper.class);

  private final AnswerFile file;
  private final ConsentAuditLog journal;
  private final Decider decider;
  private final LayerRecorder recorder;
  private final Layers layers;
  private final Supplier<Optional<Instant>> copied;
  private final Clock clock;
  private final AuditTrail changes;

  /** Empty until it could be read. Denials may be added at any time, all else under the lock. */
  private final AtomicReference<Optional<AnswerBook>> known =
      new AtomicReference<>(Optional.empty());

  /** Denials that count already, and are not written down together with their entries yet. */
  private final Map<String, Denial> held = new ConcurrentHashMap<>();

  /** Changes that may be on record although they are noted as not. */
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

  private final AtomicReference<Optional<Layer>> layer = new AtomicReference<>(Optional.empty());
  private volatile String written = "";
  private volatile boolean unwritten;
  private volatile boolean outdated;
  private volatile boolean journalFailed;
  private volatile Optional<String> unreadable = Optional.empty();

  /**
   * @param copied when this was seen to be a copy of another installation
   */
  AnswerKeeper(
      AnswerFile file,
      ConsentAuditLog journal,
      Decider decider,
      LayerRecorder recorder,
      Layers layers,
      Supplier<Optional<Instant>> copied,
      Clock clock) {
    this.file = file;
    this.journal = journal;
    this.decider = decider;
    this.recorder = recorder;
    this.layers = layers;
    this.copied = copied;
    this.clock = clock;
    this.changes = new AuditTrail(clock);
  }

  Explanation explain(Purpose purpose, Optional<Subject> channel) {
    try {
      AnswersLayer answers = layer(book());
      return channel.isPresent()
          ? decider.explain(purpose, channel.get(), answers)
          : decider.explain(purpose, answers);
    } catch (IOException e) {
      return new Explanation(
          purpose,
          false,
          AnswersLayer.NAME,
          List.of(new LayerWord(AnswersLayer.NAME, Word.FORBIDS, e.getMessage())));
    }
  }

  /** Worked out once for each book. */
  private AnswersLayer layer(AnswerBook book) {
    Optional<Instant> after = copied.get();
    Optional<Layer> last = layer.get().filter(one -> one.book == book && one.after.equals(after));
    if (last.isPresent()) {
      return last.get().answers;
    }
    AnswersLayer answers = new AnswersLayer(book, after);
    if (known.get().filter(now -> now == book).isPresent()) {
      layer.set(Optional.of(new Layer(book, after, answers)));
    }
    return answers;
  }

  private record Layer(AnswerBook book, Optional<Instant> after, AnswersLayer answers) {}

  /** The newest grant that has to wait for another grace period, unless an answer came after it. */
  Optional<Grant> waiting(Purpose purpose) {
    return known.get().flatMap(book -> layer(book).waiting(Subject.of(purpose)));
  }

  Answers answers() throws IOException {
    return answers(book());
  }

  private Answers answers(AnswerBook book) {
    AnswersLayer layer = layer(book);
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      Word word = layer.verdict(Subject.of(purpose)).word();
      if (word != Word.SILENT) {
        given.put(purpose, word == Word.ALLOWS);
      }
    }
    Map<String, Boolean> channels = new HashMap<>();
    book.stage()
        .filter(denial -> denial.origin().equals(AnswersLayer.NAME))
        .flatMap(denial -> denial.subject().channel().stream())
        .forEach(channel -> channels.put(channel, false));
    return new Answers(given, channels);
  }

  /**
   * What was known when somebody answered.
   *
   * @param book with the denials of that answer
   * @param isNew whether any of these is new
   */
  record Asked(AnswerBook book, boolean isNew) {}

  /**
   * Has the denials count from now on.
   *
   * @param seen what somebody saw who answers; empty when that does not matter
   * @return empty when the answers are others than were seen
   * @throws IOException when nobody knows what was answered before; the denials count all the same
   */
  Optional<Asked> hold(Optional<Answers> seen, Answers answers, Answerer answerer)
      throws IOException {
    Map<Subject, Denial> made =
        subjects(answers, false)
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
      if (seen.isPresent() && !answers(book).equals(seen.get())) {
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

  private static Stream<Subject> subjects(Answers answers, boolean on) {
    return Stream.concat(
        answers.given().entrySet().stream()
            .filter(entry -> entry.getValue() == on)
            .map(entry -> Subject.of(entry.getKey())),
        answers.channels().entrySet().stream()
            .filter(entry -> entry.getValue() == on)
            .map(entry -> Subject.channel(entry.getKey())));
  }

  /**
   * Writes the answers.
   *
   * @param asked what was known: a grant takes back no denial that came later
   * @param accept gets what is granted once it is on disk, before it counts
   * @throws IOException when they could not be written; the denials count on until the restart
   */
  synchronized Answered answer(
      Asked asked, Answers answers, Answerer answerer, Consumer<Answers> accept)
      throws IOException {
    AnswerBook before = book();
    List<Denial> due = due(before);
    LayerRecorder.Recorded recorded = recorder.compare(before, copied.get());
    Granting granting = new Granting(decider, this::layer, copied.get(), clock, recorded.book());
    for (Subject subject : subjects(answers, true).toList()) {
      granting.ask(subject, answerer, asked.book());
    }
    AnswerBook next = granting.book();
    boolean isNew =
        !due.isEmpty() || !granting.grants().isEmpty() || !recorded.book().equals(before);
    if (isNew || unwritten || outdated) {
      write(
          recorded,
          due,
          changes.record(
              before,
              next,
              Stream.concat(due.stream(), recorded.denials().stream()).toList(),
              Stream.concat(recorded.grants().stream(), granting.grants().stream()).toList(),
              purpose -> decide(purpose, next, before),
              layers::hasLeft,
              recorder::answerer),
          granting.accepted(),
          accept);
    } else if (!granting.accepted().isEmpty()) {
      accept.accept(of(granting.accepted()));
    }
    flush();
    return new Answered(true, granting.refused());
  }

  /** Those that whoever writes next has to put on record, whoever gave them. */
  private List<Denial> due(AnswerBook book) {
    return held.values().stream()
        .filter(denial -> book.denials().containsKey(denial.id()))
        .toList();
  }

  /** What a layer decided that has not come yet counts as it did. */
  private Decision decide(Purpose purpose, AnswerBook book, AnswerBook before) {
    Decision now = Decision.of(decider.explain(purpose, layer(book)));
    Decision was = before.decision(purpose);
    boolean mayCome =
        now.equals(Decision.NONE)
            && !Decider.OWN.contains(was.decidedBy())
            && !layers.names().contains(was.decidedBy())
            && !layers.hasLeft(was.decidedBy());
    return mayCome || isEarly(purpose, book, was, now) ? was : now;
  }

  /**
   * A layer that has changed since it was written down is on record with its denial, not before.
   */
  private boolean isEarly(Purpose purpose, AnswerBook book, Decision was, Decision now) {
    return now.state() == ConsentState.DENIAL
        && was.state() != ConsentState.DENIAL
        && book.stage(Subject.of(purpose)).isEmpty()
        && recorder.compare(book, copied.get()).denials().stream()
            .anyMatch(denial -> denial.subject().equals(Subject.of(purpose)));
  }

  /** Writes down what layers say; whether anything counts differently since. */
  synchronized boolean record() throws IOException {
    AnswerBook before = book();
    List<Denial> due = due(before);
    LayerRecorder.Recorded recorded = recorder.compare(before, copied.get());
    AnswerBook next =
        changes.record(
            before,
            recorded.book(),
            Stream.concat(due.stream(), recorded.denials().stream()).toList(),
            recorded.grants(),
            purpose -> decide(purpose, recorded.book(), before),
            layers::hasLeft,
            recorder::answerer);
    boolean isNew = !next.equals(before);
    if (isNew || unwritten || outdated) {
      write(recorded, due, next, List.of(), accepted -> {});
    } else {
      forgetGone(recorded);
    }
    flush();
    if (outdated) {
      noteRecorded();
    }
    return isNew;
  }

  private void write(
      LayerRecorder.Recorded recorded,
      List<Denial> due,
      AnswerBook next,
      List<Subject> accepted,
      Consumer<Answers> accept)
      throws IOException {
    AnswerBook all = next.merge(onDisk()).pruned();
    try {
      file.write(all);
    } catch (IOException e) {
      if (!unwritten) {
        log.error(
            "Answers cannot be written: {}. What is off stays off until the restart; what was turned"
                + " on does not count. Let this user write one of the two.",
            e.getMessage());
      }
      unwritten = true;
      throw e;
    }
    if (unwritten) {
      log.info("Answers can be written again.");
    }
    unwritten = false;
    outdated = false;
    written = file.version();
    forgetGone(recorded);
    recorded.warnings().forEach(log::warn);
    if (!accepted.isEmpty()) {
      accept.accept(of(accepted));
    }
    due.forEach(denial -> held.remove(denial.id()));
    known.updateAndGet(now -> Optional.of(now.map(book -> withHeld(all, book)).orElse(all)));
  }

  /** Denials may have been added meanwhile. */
  private AnswerBook withHeld(AnswerBook all, AnswerBook now) {
    return all.withDenials(
        due(now).stream().filter(denial -> !all.denials().containsKey(denial.id())).toList());
  }

  private void forgetGone(LayerRecorder.Recorded recorded) {
    recorded.gone().forEach(gone -> layers.forget(gone.layer(), gone.purpose()));
  }

  /** Whether something is obeyed that is not written down or on record yet. */
  boolean isBehind() {
    return unwritten || outdated || journalFailed || !held.isEmpty();
  }

  private AnswerBook onDisk() throws IOException {
    return file.version().equals(written) ? AnswerBook.EMPTY : readDoubting();
  }

  /** What lies on disk may be older than the journal. */
  private AnswerBook readDoubting() throws IOException {
    AnswerBook read = file.read();
    read.unrecorded().forEach(change -> doubtful.add(change.id()));
    return read;
  }

  private static Answers of(List<Subject> accepted) {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    Map<String, Boolean> channels = new HashMap<>();
    for (Subject subject : accepted) {
      subject.purpose().ifPresent(purpose -> given.put(purpose, true));
      subject.channel().ifPresent(channel -> channels.put(channel, true));
    }
    return new Answers(given, channels);
  }

  /** Puts on record what is not; what fails is tried again with the next change or look. */
  private void flush() {
    List<ConsentChange> pending = known.get().map(AnswerBook::unrecorded).orElse(List.of());
    if (pending.isEmpty()) {
      return;
    }
    Set<String> done = new HashSet<>();
    try {
      for (ConsentChange change : pending) {
        if (!doubtful.contains(change.id()) || !journal.has(change.id())) {
          // What fails may be there all the same.
          doubtful.add(change.id());
          journal.append(change);
          log.info(AuditTrail.sentence(change, why(change)));
        }
        done.add(change.id());
      }
      journalFailed = false;
    } catch (IOException e) {
      if (!journalFailed) {
        log.warn("A change of consent cannot be put on record yet: {}", e.getMessage());
      }
      journalFailed = true;
    }
    if (!done.isEmpty()) {
      known.updateAndGet(now -> now.map(book -> book.withoutUnrecorded(done)));
      doubtful.removeAll(done);
      // Noted by whoever writes next: nobody who answers waits for it.
      outdated = true;
    }
  }

  private void noteRecorded() {
    try {
      AnswerBook disk = onDisk();
      AnswerBook all = known.updateAndGet(now -> now.map(book -> book.merge(disk))).orElseThrow();
      file.write(all.withoutDenials(held.keySet()));
      written = file.version();
      outdated = false;
    } catch (IOException e) {
      // The journal knows them by their ids when this is read again.
      log.debug("Changes on record are still noted as not", e);
    }
  }

  private Optional<String> why(ConsentChange change) {
    return change
        .purpose()
        .flatMap(
            purpose ->
                explain(purpose, Optional.empty()).layers().stream()
                    .filter(word -> word.verdict() == Word.FORBIDS)
                    .findFirst())
        .map(LayerWord::why);
  }

  /** Reads anew what somebody else put in place; whether there was any such thing. */
  synchronized boolean look() {
    try {
      book();
      if (file.version().equals(written)) {
        return false;
      }
      String version = file.version();
      AnswerBook read = readDoubting();
      AnswerBook all =
          known
              .updateAndGet(now -> Optional.of(now.map(book -> book.merge(read)).orElse(read)))
              .orElseThrow();
      written = version;
      // An older copy must not be all that is left of them at the next start.
      outdated |= !all.equals(read);
      return true;
    } catch (IOException e) {
      log.debug("The answers are read again later", e);
      return false;
    }
  }

  private AnswerBook book() throws IOException {
    Optional<AnswerBook> now = known.get();
    return now.isPresent() ? now.get() : read();
  }

  private AnswerBook read() throws IOException {
    try {
      String version = file.version();
      AnswerBook read = readDoubting();
      if (known.compareAndSet(Optional.empty(), Optional.of(read))) {
        written = version;
        addHeld();
      }
      unreadable.ifPresent(before -> log.info("{} can be read again.", AnswerFile.NAME));
      unreadable = Optional.empty();
      return known.get().orElse(read);
    } catch (IOException e) {
      String why =
          AnswerFile.NAME
              + " cannot be read ("
              + e
              + "), so that nobody knows what was answered; let this user read it";
      if (unreadable.isEmpty()) {
        log.error("{}. Until then nothing is sent.", why);
      }
      unreadable = Optional.of(why);
      throw new IOException(why, e);
    }
  }
}
