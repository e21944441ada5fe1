package org.candor.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.EntryProof;
import org.candor.control.Forgotten;
import org.candor.control.Journal;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.NotedHead;
import org.candor.core.store.CheckpointFile;
import org.candor.core.store.DamagedException;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Append-only, tamper-evident journal on disk: a Merkle log (the tree of RFC 9162, section 2.1).
 * Entries are numbered from 1; each is a leaf, and names the digest of the one before it. The
 * tree's peaks are kept apart, so that a change shows, and an end cut off. Beyond the bound the
 * oldest payloads go, and beyond their own {@link Allowance} the oldest entries, those about web
 * events by themselves: the hashes of their subtrees stay, so that the journal is provably the same
 * one as before. Thread-safe.
 */
@Component(service = {ChainedJournal.class, Journal.class, Resettable.class})
public final class ChainedJournal implements Journal, Resettable {

  private static final Logger log = LoggerFactory.getLogger(ChainedJournal.class);

  /** In the directory of the store. */
  public static final String FILE = "journal.mv";

  private static final int READ_AT_ONCE = 50;

  /** How often what went in the meantime makes a check begin anew, before it holds others up. */
  private static final int RESTARTS = 3;

  private final Store store;
  private final Clock clock;
  private StoreFile file;
  private Optional<Ledger> opened = Optional.empty();
  private boolean closed;

  @Activate
  public ChainedJournal(@Reference Store store) {
    this(store, Clock.systemUTC());
  }

  public ChainedJournal(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.file = new StoreFile(store.settings().directory().resolve(FILE), clock);
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  @Deactivate
  public synchronized void close() {
    closed = true;
    file.close();
  }

  /**
   * Adds an entry about an attempt; it is on disk when this returns.
   *
   * @param payload what left; empty to keep no more than its digest
   */
  public void append(JournalRecord record, Optional<Bytes> payload) throws IOException {
    add(record, payload);
  }

  /** Adds an entry about a change of what is allowed; it is on disk when this returns. */
  public void append(ConsentChange change) throws IOException {
    add(new ConsentChangeRecord(change), Optional.empty());
  }

  private synchronized void add(ChainEntry entry, Optional<Bytes> payload) throws IOException {
    Ledger ledger = ledger();
    try {
      ledger.append(entry, payload);
      ledger.expire(clock.instant().minus(store.settings().maxAge()));
      ledger.dropBeyond(Allowance.of(store.settings()));
      commit(ledger);
    } catch (RuntimeException e) {
      file.close();
      throw new IOException("cannot write " + file.path() + ": " + e.getMessage(), e);
    }
    keepWithin();
  }

  private void commit(Ledger ledger) throws IOException {
    file.commit();
    TreeState state = ledger.state();
    new CheckpointFile(file.path()).write(state.number() + " " + state.last());
  }

  /** What was added is on disk, so that this may fail. */
  private void keepWithin() {
    try {
      file.keepWithin(Allowance.of(store.settings()).file());
    } catch (IOException e) {
      log.warn("The journal takes more space than it may: {}", e.getMessage());
    }
  }

  /** The newest attempt with this payload id. */
  public synchronized Optional<JournalRecord> newest(String id) throws IOException {
    return ledger().attemptsNewestFirst().filter(r -> r.id().equals(id)).findFirst();
  }

  /** Whether the change of consent that has this id is on record; looks newest first. */
  public synchronized boolean hasChange(String id) throws IOException {
    return ledger().changesNewestFirst().anyMatch(change -> change.id().equals(id));
  }

  /** Where bytes went, or were on their way to. */
  public synchronized List<Forgotten.Destination> destinations() throws IOException {
    return ledger()
        .attemptsNewestFirst()
        .filter(record -> record.bytes() > 0)
        .map(record -> new Forgotten.Destination(record.channel(), record.endpoint()))
        .distinct()
        .sorted(
            Comparator.comparing(Forgotten.Destination::channel)
                .thenComparing(Forgotten.Destination::endpoint))
        .toList();
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.JOURNAL;
  }

  @Override
  public synchronized void erasing(IoAction step) throws IOException {
    file.close();
    step.run();
  }

  @Override
  public void moving(IoAction step) throws IOException {
    erasing(step);
  }

  /**
   * Ids of all messages that need no further attempt, as far as they are kept: those of web events
   * go with the entries.
   */
  public Set<String> settledMessages() throws IOException {
    return settledMessages(Instant.MIN);
  }

  /** Ids of all messages that need no further attempt since a newest one of some time. */
  public synchronized Set<String> settledMessages(Instant since) throws IOException {
    Set<String> ids = new HashSet<>();
    ledger()
        .attemptsWithIdsNewestFirst()
        .takeWhile(record -> !record.at().isBefore(since))
        .filter(JournalRecord::isSettled)
        .forEach(record -> ids.addAll(record.messages()));
    return ids;
  }

  /** How the newest attempt at each message ended; a batch of web events names none. */
  public synchronized Map<String, Outcome> outcomes() throws IOException {
    Map<String, Outcome> outcomes = new HashMap<>();
    ledger()
        .attemptsNewestFirst()
        .forEach(
            record -> record.messages().forEach(id -> outcomes.putIfAbsent(id, record.outcome())));
    return outcomes;
  }

  /** How the newest attempt at each of some messages ended. */
  public synchronized Map<String, Outcome> outcomes(Set<String> ids) throws IOException {
    Map<String, Outcome> outcomes = new HashMap<>();
    ledger()
        .attemptsNewestFirst()
        .takeWhile(record -> outcomes.size() < ids.size())
        .forEach(
            record ->
                record.messages().stream()
                    .filter(ids::contains)
                    .forEach(id -> outcomes.putIfAbsent(id, record.outcome())));
    return outcomes;
  }

  @Override
  public JournalPart<JournalEntry> newest(int most, JournalSearch search) {
    return search.isAll()
        ? newest(most, JournalEntry.class, Ledger::attempts)
        : found(most, JournalEntry.class, search);
  }

  @Override
  public JournalPart<JournalItem> newestOfAnyKind(int most, JournalSearch search) {
    return search.isAll()
        ? newest(most, JournalItem.class, Ledger::count)
        : found(most, JournalItem.class, search);
  }

  @Override
  public synchronized List<ConsentChange> changes(int most) {
    return reversed(ledgerUnchecked().changesNewestFirst().limit(most));
  }

  private synchronized <E extends JournalItem> JournalPart<E> newest(
      int most, Class<E> kind, ToLongFunction<Ledger> count) {
    Ledger ledger = ledgerUnchecked();
    Stream<E> items =
        ledger
            .newestFirst()
            .map(ChainLink::item)
            .filter(kind::isInstance)
            .map(kind::cast)
            .limit(most);
    long total = count.applyAsLong(ledger);
    return new JournalPart<>(reversed(items), total, total);
  }

  private static <T> List<T> reversed(Stream<T> newestFirst) {
    List<T> list = new ArrayList<>(newestFirst.toList());
    Collections.reverse(list);
    return list;
  }

  /** Whoever adds an entry does not wait for the end of it. */
  private <E extends JournalItem> JournalPart<E> found(
      int most, Class<E> kind, JournalSearch search) {
    SearchBuffer<E> found = new SearchBuffer<>(most, kind, search);
    List<LogItem.Kept> next = entriesAfter(0);
    while (!next.isEmpty()) {
      next.forEach(entry -> found.look(entry.line()));
      next = entriesAfter(next.get(next.size() - 1).number());
    }
    return found.part();
  }

  private synchronized List<LogItem.Kept> entriesAfter(long number) {
    return ledgerUnchecked().entriesAfter(number, READ_AT_ONCE);
  }

  @Override
  public Verification verify(Optional<NotedHead> since) {
    return reading(
        () -> {
          LogView view = viewed();
          LogVerifier verifier = new LogVerifier(since);
          walk(0, view.to(), verifier::step);
          Optional<String> broken = verifier.end(view.state());
          return new Verification(
              verifier.kept(),
              broken.isEmpty(),
              broken,
              view.state().head(),
              verifier.gone(),
              verifier.continuity(view.state()));
        });
  }

  @Override
  public Optional<EntryProof> prove(String id, Optional<NotedHead> since) {
    return reading(
        () -> {
          LogView view = viewed();
          long size = since.map(NotedHead::size).orElse(view.state().number());
          Optional<Long> number = number(id).filter(found -> found <= size);
          if (number.isEmpty() || size > view.state().number() || !keeps(size)) {
            return Optional.empty();
          }
          EntryReader reader = new EntryReader(number.get());
          walk(0, size, reader::step);
          return reader
              .proof()
              .filter(
                  proof ->
                      since
                          .map(NotedHead::digest)
                          .orElse(proof.head().digest())
                          .equals(proof.head().digest()));
        });
  }

  private synchronized Optional<Long> number(String id) throws IOException {
    return ledger().number(id);
  }

  /** The log now; its head is about to be shown, and is noted. */
  private synchronized LogView viewed() throws IOException {
    LogView view = ledger().view();
    note(view.state().number());
    return view;
  }

  /** Whether what shows the head of a tree of this size is kept, which it is then for good. */
  private synchronized boolean keeps(long size) throws IOException {
    boolean kept = ledger().keeps(size);
    if (kept) {
      note(size);
    }
    return kept;
  }

  private void note(long size) throws IOException {
    Ledger ledger = ledger();
    if (size == 0 || ledger.isNoted(size)) {
      return;
    }
    try {
      ledger.note(new NotedHeads.Noted(size, clock.instant()));
      file.commit();
    } catch (IOException | RuntimeException e) {
      file.close();
      log.warn(
          "The head {} cannot be noted in {}, and can be checked only while the entries around it"
              + " are kept: {}",
          size,
          file.path(),
          e.getMessage());
    }
  }

  /** Reads the log step by step, while others add to it; once more when they overtook it. */
  private <T> T reading(Reading<T> reading) {
    try {
      for (int i = 0; i < RESTARTS; i++) {
        try {
          return reading.read();
        } catch (OvertakenException e) {
          log.debug("What was to be read next went in the meantime; it is read once more");
        }
      }
      synchronized (this) {
        return reading.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private void walk(long from, long to, Consumer<LogItem> taker) throws IOException {
    long known = from;
    while (known < to) {
      List<LogItem> items = after(known, to);
      items.forEach(taker);
      known = items.get(items.size() - 1).to();
    }
  }

  private synchronized List<LogItem> after(long number, long to) throws IOException {
    return ledger().after(number, to, READ_AT_ONCE);
  }

  @Override
  public void export(Consumer<Bytes> taker) throws IOException {
    long known = 0;
    for (long to = viewed().to(); known < to; to = viewed().to()) {
      walk(known, to, item -> line(item).map(Bytes::copyOf).ifPresent(taker));
      known = to;
    }
  }

  private static Optional<byte[]> line(LogItem item) {
    if (item instanceof LogItem.Kept entry) {
      return Optional.of(entry.line());
    }
    return item instanceof LogItem.Gone gone ? Optional.of(gone.range().line()) : Optional.empty();
  }

  @Override
  public synchronized Optional<Bytes> payload(String id) {
    return ledgerUnchecked().payload(id);
  }

  private Ledger ledger() throws IOException {
    if (closed) {
      throw new IOException("the journal is closed");
    }
    if (!file.path().getParent().equals(store.settings().directory())) {
      file.close();
      file = new StoreFile(store.settings().directory().resolve(FILE), clock);
    }
    if (!file.isClosed() && opened.isPresent()) {
      return opened.get();
    }
    store.prepare();
    if (!Files.exists(file.path())) {
      new CheckpointFile(file.path()).delete();
    }
    if (file.open(this::takeOver) && !isWhole()) {
      file.setAside(new DamagedException("a record is damaged"), this::takeOver);
    }
    TreeMigration migration = new TreeMigration(file);
    if (migration.isDue()) {
      migration.run();
      file.commit();
    }
    lookForTheEnd();
    Ledger ledger = new Ledger(file);
    opened = Optional.of(ledger);
    ledger.weigh();
    return ledger;
  }

  private boolean isWhole() {
    return Entries.areWhole(file) && PrunedRanges.areWhole(file) && new StateTable(file).isWhole();
  }

  private void lookForTheEnd() throws IOException {
    Ledger ledger = new Ledger(file);
    long known = ledger.state().number();
    Optional<Head> end =
        new CheckpointFile(file.path())
            .read()
            .filter(text -> text.matches("\\d{1,18} [0-9a-f]{64}"))
            .map(text -> text.split(" "))
            .map(parts -> new Head(Long.parseLong(parts[0]), parts[1]))
            .filter(head -> head.number() > known);
    if (end.isPresent()) {
      Path aside = file.keepCopy();
      log.error(
          "The end of {} is missing, {} entries; it is kept as {}, and telemetry:sent --verify"
              + " names the first of them.",
          file.path(),
          end.get().number() - known,
          aside.getFileName());
      TreeMigration.lose(ledger, end.get().number(), end.get().digest());
      file.commit();
    }
  }

  /** Takes over the entries that are whole; the payloads stay in the old file. */
  private void takeOver(Path aside) throws IOException {
    Ledger ledger = new Ledger(file);
    Salvage salvage = Salvage.of(aside);
    salvage.into(ledger);
    log.error(
        "{} entries were recovered from {}. {}",
        ledger.count(),
        aside.getFileName(),
        salvage.gaps() == 0
            ? "None is missing between them."
            : "Entries are missing in "
                + salvage.gaps()
                + " places; telemetry:sent --verify names the first.");
  }

  private Ledger ledgerUnchecked() {
    try {
      return ledger();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
