package org.candor.core.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.control.ConsentChange;
import org.candor.control.Journal.Head;
import org.candor.control.Journal.Verification;
import org.candor.core.store.StoreFile;

/** Unit of work on the open file: the entries and the payloads to them. Commits nothing itself. */
final class Ledger {

  private final Entries entries;
  private final Payloads payloads;

  Ledger(StoreFile file) {
    this.payloads = new Payloads(file);
    this.entries = new Entries(file);
  }

  /** Finds out what lies there already. */
  void weigh() {
    payloads.weigh();
    entries.weigh();
  }

  void append(ChainEntry entry, Optional<Bytes> payload) {
    long number = entries.append(entry);
    payload.ifPresent(body -> payloads.keep(number, body));
  }

  /** Drops the payloads that are not younger. */
  void expire(Instant oldest) {
    for (Optional<Long> number = payloads.oldest();
        number.isPresent() && !isAfter(number.get(), oldest);
        number = payloads.oldest()) {
      payloads.drop(number.get());
    }
  }

  private boolean isAfter(long number, Instant time) {
    return entries.link(number).filter(link -> link.entry().at().isAfter(time)).isPresent();
  }

  /** Drops the oldest until the rest fits: entries beyond half of it, then payloads. */
  void dropBeyond(long most) {
    while (entries.bytes() > most / 2 && entries.count() > 1) {
      entries.oldest().filter(payloads::has).ifPresent(payloads::drop);
      entries.dropOldest();
    }
    for (Optional<Long> oldest = payloads.oldest();
        entries.bytes() + payloads.bytes() > most && oldest.isPresent();
        oldest = payloads.oldest()) {
      payloads.drop(oldest.get());
    }
  }

  /** What the newest entry should be. */
  Head last() {
    return entries.last();
  }

  /** How many entries there are of every kind. */
  long count() {
    return entries.count();
  }

  /** How many attempts there are. */
  long attempts() {
    return entries.attempts();
  }

  /** All entries that are whole. */
  Stream<ChainLink> newestFirst() {
    return entries.newestFirst();
  }

  /** All attempts that are whole. */
  Stream<JournalRecord> attemptsNewestFirst() {
    return newestFirst().map(ChainLink::entry).flatMap(Ledger::attempt);
  }

  private static Stream<JournalRecord> attempt(ChainEntry entry) {
    return entry instanceof JournalRecord record ? Stream.of(record) : Stream.empty();
  }

  /** All changes of what is allowed that are whole. */
  Stream<ConsentChange> changesNewestFirst() {
    return entries
        .changesNewestFirst()
        .map(ChainLink::entry)
        .flatMap(
            entry ->
                entry instanceof ConsentChangeRecord r ? Stream.of(r.change()) : Stream.empty());
  }

  /** The newest payload with this id. */
  Optional<Bytes> payload(String id) {
    return entries
        .numbersNewestFirst()
        .filter(number -> record(number).filter(record -> record.id().equals(id)).isPresent())
        .flatMap(number -> payloads.get(number).stream())
        .findFirst();
  }

  /** The attempt of this number; empty when it is none, or a damaged one. */
  private Optional<JournalRecord> record(long number) {
    return entries.link(number).map(ChainLink::entry).stream().flatMap(Ledger::attempt).findFirst();
  }

  Verification verify() {
    ChainVerifier walk = new ChainVerifier(entries.gone());
    for (Optional<Long> number = entries.oldest();
        number.isPresent();
        number = entries.after(number.get())) {
      byte[] line = entries.line(number.get());
      walk.step(number.get(), line, payloadFits(number.get()));
    }
    Optional<String> broken = walk.end(entries.last());
    return new Verification(
        entries.count(), broken.isEmpty(), broken, entries.last(), entries.gone().number());
  }

  private boolean payloadFits(long number) {
    Optional<Bytes> payload = payloads.get(number);
    Optional<String> digest = record(number).map(JournalRecord::digest);
    return payload.isEmpty() || digest.equals(payload.map(Bytes::sha256));
  }

  /**
   * The lines that follow on an entry, by number.
   *
   * @param most how many
   * @throws IOException when some of them have gone
   */
  SortedMap<Long, Bytes> after(long number, int most) throws IOException {
    if (number > 0 && number < entries.gone().number()) {
      throw new IOException(
          "The entries that come next were just removed to keep within the size limit. Try again.");
    }
    SortedMap<Long, Bytes> lines = new TreeMap<>();
    for (Optional<Long> next = entries.after(number);
        next.isPresent() && lines.size() < most;
        next = entries.after(next.get())) {
      lines.put(next.get(), Bytes.copyOf(entries.line(next.get())));
    }
    return lines;
  }
}
