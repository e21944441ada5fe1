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
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.Forgotten;
import org.candor.control.Journal;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.core.store.CheckpointFile;
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
 * Append-only, tamper-evident journal on disk: a hash chain. Entries are numbered from 1, and each
 * names the digest of the one before it; the number and digest of the last are kept apart, so that
 * an end cut off shows too. Beyond the bound the oldest payloads go, and when the entries alone
 * take half of it, the oldest entries: the number and digest of the last that went are kept apart
 * too, and the chain is held to begin there. Thread-safe.
 */
@Component(service = {ChainedJournal.class, Journal.class, Resettable.class})
public final class ChainedJournal implements Journal, Resettable {

  private static final Logger log = LoggerFactory.getLogger(ChainedJournal.class);

  /** In the directory of the store. */
  public static final String FILE = "journal.mv";

  private static final int EXPORTED_AT_ONCE = 100;

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
      ledger.dropBeyond(StoreFile.mayHold(store.settings().maxBytes()));
      file.commit();
      new CheckpointFile(file.path()).write(ledger.last().number() + " " + ledger.last().digest());
    } catch (RuntimeException e) {
      file.close();
      throw new IOException("cannot write " + file.path() + ": " + e.getMessage(), e);
    }
    keepWithin();
  }

  /** What was added is on disk, so that this may fail. */
  private void keepWithin() {
    try {
      file.keepWithin(store.settings().maxBytes());
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

  /** Ids of all messages that need no further attempt. */
  public Set<String> settledMessages() throws IOException {
    return settledMessages(Instant.MIN);
  }

  /** Ids of all messages that need no further attempt since a newest one of some time. */
  public synchronized Set<String> settledMessages(Instant since) throws IOException {
    Set<String> ids = new HashSet<>();
    ledger()
        .attemptsNewestFirst()
        .takeWhile(record -> !record.at().isBefore(since))
        .filter(JournalRecord::isSettled)
        .forEach(record -> ids.addAll(record.messages()));
    return ids;
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
    try {
      export(found::look);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return found.part();
  }

  @Override
  public synchronized Verification verify() {
    return ledgerUnchecked().verify();
  }

  @Override
  public void export(Consumer<Bytes> taker) throws IOException {
    long handedOver = 0;
    for (SortedMap<Long, Bytes> next = after(handedOver);
        !next.isEmpty();
        next = after(handedOver)) {
      handedOver = next.lastKey();
      next.values().forEach(taker);
    }
  }

  private synchronized SortedMap<Long, Bytes> after(long handedOver) throws IOException {
    return ledger().after(handedOver, EXPORTED_AT_ONCE);
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
    if (file.open(this::takeOver)) {
      try {
        Entries.check(file);
      } catch (RuntimeException e) {
        file.setAside(e, this::takeOver);
      }
    }
    lookForTheEnd();
    Ledger ledger = new Ledger(file);
    opened = Optional.of(ledger);
    ledger.weigh();
    return ledger;
  }

  private void lookForTheEnd() throws IOException {
    Entries entries = new Entries(file);
    Optional<Head> end =
        new CheckpointFile(file.path())
            .read()
            .map(text -> text.split(" ", 2))
            .filter(parts -> parts.length == 2 && parts[0].matches("\\d{1,18}"))
            .map(parts -> new Head(Long.parseLong(parts[0]), parts[1]))
            .filter(head -> head.number() > entries.last().number());
    if (end.isPresent()) {
      Path aside = file.keepCopy();
      log.error(
          "The end of {} is missing, {} entries; it is kept as {}, and telemetry:sent --verify"
              + " names the first of them.",
          file.path(),
          end.get().number() - entries.last().number(),
          aside.getFileName());
      entries.expect(end.get());
      file.commit();
    }
  }

  /** Takes over the entries that are whole; the payloads stay in the old file. */
  private void takeOver(Path aside) throws IOException {
    Entries entries = new Entries(file);
    int gaps = entries.takeOver(aside);
    log.error(
        "{} entries were recovered from {}. {}",
        entries.count(),
        aside.getFileName(),
        gaps == 0
            ? "Their chain has no gap."
            : "Entries are missing in "
                + gaps
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
