package org.candor.core.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.candor.api.Bytes;
import org.candor.api.control.Forgotten;
import org.candor.api.control.Journal;
import org.candor.api.control.JournalEntry;
import org.candor.api.sink.Outcome;
import org.candor.core.store.DamagedException;
import org.candor.core.store.Frame;
import org.candor.core.store.Step;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk. Entries are numbered from 1, and each names the digest of the one before it;
 * the number and digest of the last are kept apart, so that an end cut off shows too. Beyond the
 * bound the oldest payloads go, and when the entries alone take half of it, the oldest entries: the
 * number and digest of the last that went are kept apart too, and the chain is held to begin there.
 */
@Component(service = {ChainedJournal.class, Journal.class})
public final class ChainedJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(ChainedJournal.class);
  static final String START = "0".repeat(64);

  /** In the directory of the store. */
  public static final String FILE = "journal.mv";

  private static final String HEAD = "head";
  private static final String LAST = "last";
  private static final String GONE = "gone";
  private static final int EXPORTED_AT_ONCE = 100;

  private final Store store;
  private final Clock clock;
  private StoreFile file;
  private long payloadBytes;
  private long entryBytes;
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
   * Adds an entry; it is on disk when this returns.
   *
   * @param payload what left; empty to keep no more than its digest
   */
  public synchronized void append(JournalRecord record, Optional<Bytes> payload)
      throws IOException {
    ensureOpen();
    try {
      MVMap<Long, byte[]> entries = entries();
      long number = entries.isEmpty() ? 1 : entries.lastKey() + 1;
      byte[] line = RecordCodec.encode(number, record, digestOfLast(entries));
      byte[] frame = Frame.wrap(line);
      entries.put(number, frame);
      entryBytes += frame.length;
      payload.ifPresent(body -> keep(number, body.gzip().toArray()));
      note(LAST, new Head(number, digest(line)));
      expire();
      dropBeyondBound();
      file.commit();
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
      log.warn("The journal takes more room than it should: {}", e.getMessage());
    }
  }

  /** The newest attempt with this payload id. */
  public synchronized Optional<JournalRecord> newest(String id) throws IOException {
    ensureOpen();
    return newestFirst().map(RecordCodec.Link::record).filter(r -> r.id().equals(id)).findFirst();
  }

  /** Where bytes went, or were on their way to. */
  public synchronized List<Forgotten.Destination> destinations() throws IOException {
    ensureOpen();
    return newestFirst()
        .map(RecordCodec.Link::record)
        .filter(record -> record.bytes() > 0)
        .map(record -> new Forgotten.Destination(record.channel(), record.endpoint()))
        .distinct()
        .sorted(
            Comparator.comparing(Forgotten.Destination::channel)
                .thenComparing(Forgotten.Destination::endpoint))
        .toList();
  }

  /** Runs the step, which erases the file, while nobody uses it. */
  public synchronized void forgetting(Step step) throws IOException {
    file.close();
    step.run();
  }

  /** Ids of all messages that need no further attempt. */
  public Set<String> settledMessages() throws IOException {
    return settledMessages(Instant.MIN);
  }

  /** Ids of all messages that need no further attempt since a newest one of some time. */
  public synchronized Set<String> settledMessages(Instant since) throws IOException {
    ensureOpen();
    Set<String> ids = new HashSet<>();
    newestFirst()
        .map(RecordCodec.Link::record)
        .takeWhile(record -> !record.at().isBefore(since))
        .filter(JournalRecord::isSettled)
        .forEach(record -> ids.addAll(record.messages()));
    return ids;
  }

  /** How the newest attempt at each message ended. */
  public synchronized Map<String, Outcome> outcomes() throws IOException {
    ensureOpen();
    Map<String, Outcome> outcomes = new HashMap<>();
    newestFirst()
        .map(RecordCodec.Link::record)
        .forEach(
            record -> record.messages().forEach(id -> outcomes.putIfAbsent(id, record.outcome())));
    return outcomes;
  }

  @Override
  public synchronized List<JournalEntry> entries(int newest) {
    ensureOpenUnchecked();
    List<JournalEntry> found = new ArrayList<>();
    newestFirst().limit(newest).forEach(link -> found.add(link.record().entry(link.previous())));
    Collections.reverse(found);
    return found;
  }

  @Override
  public synchronized Verification verify() {
    ensureOpenUnchecked();
    MVMap<Long, byte[]> entries = entries();
    Walk walk = new Walk(noted(GONE));
    for (Long number = entries.firstKey(); number != null; number = entries.higherKey(number)) {
      byte[] line = line(number);
      walk.step(number, line, payloadFits(number, line));
    }
    Optional<String> broken = walk.end(noted(LAST));
    return new Verification(
        entries.sizeAsLong(), broken.isEmpty(), broken, noted(LAST), noted(GONE).number());
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
    ensureOpen();
    if (handedOver > 0 && handedOver < noted(GONE).number()) {
      throw new IOException(
          "Entries that were to come next have just gone, to keep within the bound. Try it again.");
    }
    MVMap<Long, byte[]> entries = entries();
    SortedMap<Long, Bytes> next = new TreeMap<>();
    for (Long number = entries.higherKey(handedOver);
        number != null && next.size() < EXPORTED_AT_ONCE;
        number = entries.higherKey(number)) {
      next.put(number, Bytes.copyOf(line(number)));
    }
    return next;
  }

  @Override
  public synchronized Optional<Bytes> payload(String id) {
    ensureOpenUnchecked();
    MVMap<Long, byte[]> entries = entries();
    for (Long number = entries.lastKey(); number != null; number = entries.lowerKey(number)) {
      Optional<String> found = RecordCodec.decode(line(number)).map(l -> l.record().id());
      if (found.filter(id::equals).isPresent() && payloads().containsKey(number)) {
        return Optional.of(expand(payloads().get(number)));
      }
    }
    return Optional.empty();
  }

  private boolean payloadFits(long number, byte[] line) {
    Optional<byte[]> payload = Optional.ofNullable(payloads().get(number));
    Optional<String> digest = RecordCodec.decode(line).map(link -> link.record().digest());
    return payload.isEmpty() || digest.equals(payload.map(p -> expand(p).sha256()));
  }

  private Stream<RecordCodec.Link> newestFirst() {
    MVMap<Long, byte[]> entries = entries();
    return Stream.iterate(entries.lastKey(), Objects::nonNull, entries::lowerKey)
        .map(number -> RecordCodec.decode(line(number)))
        .flatMap(Optional::stream);
  }

  private void expire() {
    Instant oldest = clock.instant().minus(store.settings().maxAge());
    MVMap<Long, byte[]> payloads = payloads();
    for (Long number = payloads.firstKey(); number != null; number = payloads.firstKey()) {
      if (RecordCodec.decode(line(number))
          .filter(l -> l.record().at().isAfter(oldest))
          .isPresent()) {
        return;
      }
      drop(number);
    }
  }

  private void dropBeyondBound() {
    long most = StoreFile.mayHold(store.settings().maxBytes());
    MVMap<Long, byte[]> entries = entries();
    while (entryBytes > most / 2 && entries.sizeAsLong() > 1) {
      long oldest = entries.firstKey();
      if (payloads().containsKey(oldest)) {
        drop(oldest);
      }
      note(GONE, new Head(oldest, digest(line(oldest))));
      entryBytes -= entries.remove(oldest).length;
    }
    while (entryBytes + payloadBytes > most && !payloads().isEmpty()) {
      drop(payloads().firstKey());
    }
  }

  private void keep(long number, byte[] compressed) {
    payloads().put(number, compressed);
    payloadBytes += compressed.length;
  }

  private void drop(long number) {
    payloadBytes -= payloads().remove(number).length;
  }

  /** An entry's line; empty when there is none, or a damaged one. */
  private byte[] line(long number) {
    return Optional.ofNullable(entries().get(number)).flatMap(Frame::unwrap).orElse(new byte[0]);
  }

  private String digestOfLast(MVMap<Long, byte[]> entries) {
    return entries.isEmpty() ? START : digest(line(entries.lastKey()));
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the journal is closed");
    }
    if (!file.path().getParent().equals(store.settings().directory())) {
      file.close();
      file = new StoreFile(store.settings().directory().resolve(FILE), clock);
    }
    if (!file.isClosed()) {
      return;
    }
    store.prepare();
    if (file.open(this::takeOver)) {
      try {
        check();
      } catch (RuntimeException e) {
        file.setAside(e, this::takeOver);
      }
    }
    payloadBytes = size(payloads());
    entryBytes = size(entries());
  }

  private void check() {
    for (byte[] frame : entries().values()) {
      if (Frame.unwrap(frame).isEmpty()) {
        throw new DamagedException("an entry is not whole");
      }
    }
  }

  /**
   * Takes over the entries that are whole, in their order; the payloads stay in the old file. Where
   * one is missing the chain stays broken, which {@link #verify} shows for good.
   */
  private void takeOver(Path aside) throws IOException {
    Chain chain = new Chain();
    Frame.scan(aside, chain::add);
    Head last = new Head(0, START);
    for (byte[] line : chain.inOrder()) {
      long number = RecordCodec.decode(line).map(RecordCodec.Link::number).orElse(0L);
      last = new Head(Math.max(number, last.number() + 1), digest(line));
      entries().put(last.number(), Frame.wrap(line));
    }
    note(LAST, last);
    chain.goneBefore().ifPresent(gone -> note(GONE, gone));
    log.error(
        "{} entries were taken over from {}. {}",
        entries().sizeAsLong(),
        aside.getFileName(),
        chain.gaps() == 0
            ? "Their chain has no gap."
            : "Entries are missing in "
                + chain.gaps()
                + " places; telemetry:sent --verify names the first.");
  }

  private void ensureOpenUnchecked() {
    try {
      ensureOpen();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private MVMap<Long, byte[]> entries() {
    return file.numbered("entries");
  }

  private MVMap<Long, byte[]> payloads() {
    return file.numbered("payloads");
  }

  private static long size(MVMap<Long, byte[]> map) {
    return map.values().stream().mapToLong(value -> value.length).sum();
  }

  private void note(String what, Head head) {
    file.named(HEAD).put(what, head.number() + " " + head.digest());
  }

  private Head noted(String what) {
    String[] parts = file.named(HEAD).getOrDefault(what, "0 " + START).split(" ", 2);
    return new Head(Long.parseLong(parts[0]), parts[1]);
  }

  static String digest(byte[] line) {
    return Bytes.copyOf(line).sha256();
  }

  /** What was compressed; empty when it is damaged, which no digest fits. */
  private static Bytes expand(byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Bytes.copyOf(in.readAllBytes());
    } catch (IOException e) {
      return Bytes.empty();
    }
  }
}
