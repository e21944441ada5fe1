package org.candor.core.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.control.ConsentChange;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.store.StoreFile;

/**
 * Unit of work on the open file: the entries, what they leave when they go, and what is kept beside
 * them. Commits nothing itself.
 */
final class Ledger {

  private final Entries entries;
  private final NotedHeads heads;
  private final PrunedRanges ranges;
  private final StateTable states;
  private final Attachments payloads;
  private final Attachments webPayloads;
  private final Attachments webIds;
  private TreeState state;

  Ledger(StoreFile file) {
    this.entries = new Entries(file);
    this.heads = new NotedHeads(file);
    this.ranges = new PrunedRanges(file, heads::has);
    this.states = new StateTable(file);
    this.payloads = new Attachments(file, "payloads");
    this.webPayloads = new Attachments(file, "web-payloads");
    this.webIds = new Attachments(file, "web-ids");
    this.state = states.read().orElse(TreeState.empty());
  }

  /** Finds out what lies there already. */
  void weigh() {
    entries.weigh();
    ranges.weigh();
    payloads.weigh();
    webPayloads.weigh();
    webIds.weigh();
  }

  void append(ChainEntry entry, Optional<Bytes> payload) {
    long number = state.number() + 1;
    byte[] line = LineCodec.encode(new ChainLink(number, entry, state.last()));
    keep(number, line);
    if (entry instanceof JournalRecord record && record.batch().isPresent()) {
      // After a crash no more than the digest is known.
      if (!record.messages().isEmpty()) {
        webIds.keep(number, Bytes.utf8(BatchDigest.text(record.messages())));
      }
      payload.ifPresent(body -> webPayloads.keep(number, body));
    } else {
      payload.ifPresent(body -> payloads.keep(number, body));
    }
  }

  /** Adds a line, which has the number that comes next. */
  void keep(long number, byte[] line) {
    entries.put(number, line);
    NodeRun tree = state.tree();
    tree.add(TreeHash.ofLeaf(line));
    become(new TreeState(Entries.digest(line), tree, state.before()));
  }

  /**
   * Goes on behind entries that are not there.
   *
   * @param run hashes of them, which begin where the log ended
   * @param last digest of the last of them
   */
  void skip(NodeRun run, String last) {
    ranges.add(run);
    NodeRun tree = state.tree();
    tree.add(run);
    become(new TreeState(last, tree, state.before()));
  }

  /** Takes another state for the right one. */
  void become(TreeState next) {
    state = next;
    states.write(next);
  }

  /** Drops the payloads that are not younger. */
  void expire(Instant oldest) {
    for (Attachments kept : List.of(payloads, webPayloads)) {
      for (Optional<Long> number = kept.oldest();
          number.isPresent() && !isAfter(number.get(), oldest);
          number = kept.oldest()) {
        kept.drop(number.get());
      }
    }
  }

  private boolean isAfter(long number, Instant time) {
    return entries.link(number).filter(link -> link.entry().at().isAfter(time)).isPresent();
  }

  /** Lets the oldest of each kind go until the rest fits. */
  void dropBeyond(Allowance allowance) {
    if (web() > allowance.web()) {
      // Many at once, so that not each entry changes a range.
      prune(() -> web() > allowance.web() / 8 * 7, entries::oldestOfWebEvents);
    }
    prune(() -> record() > allowance.record(), entries::oldestOther);
    for (Attachments larger = larger();
        record() + web() + payloads.bytes() + webPayloads.bytes() > allowance.all()
            && larger.oldest().isPresent();
        larger = larger()) {
      larger.drop(larger.oldest().get());
    }
  }

  private long web() {
    return entries.webBytes() + webIds.bytes();
  }

  private long record() {
    return entries.bytes() + ranges.bytes() + heads.bytes();
  }

  private Attachments larger() {
    return webPayloads.bytes() > payloads.bytes() ? webPayloads : payloads;
  }

  private void prune(BooleanSupplier tooMuch, Supplier<Optional<Long>> oldest) {
    for (Optional<Long> number = oldest.get();
        number.isPresent() && tooMuch.getAsBoolean();
        number = oldest.get()) {
      prune(number.get());
    }
  }

  /** An entry goes; what it says, that the hash of its leaf vouches for. */
  private void prune(long number) {
    byte[] line = entries.line(number);
    List.of(payloads, webPayloads, webIds).forEach(kept -> kept.drop(number));
    entries.remove(number);
    NodeRun leaf = new NodeRun(number - 1);
    leaf.add(line.length == 0 ? TreeHash.LOST : TreeHash.ofLeaf(line));
    ranges.add(leaf);
  }

  /** Notes a head, so that it stays provable. */
  void note(NotedHeads.Noted head) {
    heads.note(head).ifPresent(ranges::join);
  }

  /** Whether the tree of this size can be computed: no two of its ends went into one range. */
  boolean keeps(long size) {
    return ranges.covering(size + 1).filter(range -> range.from() <= size).isEmpty();
  }

  boolean isNoted(long size) {
    return heads.has(size);
  }

  @Override
  public String toString() {
    return "entries %,d bytes, of web events %,d, hashes %,d, payloads %,d, of web events %,d"
        .formatted(entries.bytes(), web(), ranges.bytes(), payloads.bytes(), webPayloads.bytes());
  }

  /** What the log should be. */
  TreeState state() {
    return state;
  }

  /** The log as it is now, to be walked through. */
  LogView view() {
    TreeState copy = new TreeState(state.last(), new NodeRun(0), state.before());
    state.tree().nodes().forEach(copy.tree()::add);
    long newest = entries.numbersNewestFirst().findFirst().orElse(0L);
    return new LogView(copy, Math.max(newest, state.number()));
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

  /** All attempts that are whole; those at web events without the ids that they carried. */
  Stream<JournalRecord> attemptsNewestFirst() {
    return newestFirst().map(ChainLink::entry).flatMap(Ledger::attempt);
  }

  /** The same, with the ids that they carried, as far as these are kept. */
  Stream<JournalRecord> attemptsWithIdsNewestFirst() {
    return newestFirst()
        .flatMap(link -> attempt(link.entry()).map(record -> withIds(link, record)));
  }

  private JournalRecord withIds(ChainLink link, JournalRecord record) {
    return record.batch().isEmpty()
        ? record
        : record.carrying(webIds.get(link.number()).map(BatchDigest::ids).orElse(List.of()));
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
        .flatMap(number -> payload(number).stream())
        .findFirst();
  }

  private Optional<Bytes> payload(long number) {
    return payloads.get(number).or(() -> webPayloads.get(number));
  }

  /** The number of the newest entry with this id. */
  Optional<Long> number(String id) {
    return newestFirst()
        .filter(link -> link.entry().id().equals(id))
        .map(ChainLink::number)
        .findFirst();
  }

  byte[] line(long number) {
    return entries.line(number);
  }

  /** The attempt of this number; empty when it is none, or a damaged one. */
  private Optional<JournalRecord> record(long number) {
    return entries.link(number).map(ChainLink::entry).stream().flatMap(Ledger::attempt).findFirst();
  }

  private boolean carriesWhatItSays(long number) {
    Optional<Bytes> payload = payload(number);
    Optional<Bytes> ids = webIds.get(number);
    if (payload.isEmpty() && ids.isEmpty()) {
      return true;
    }
    Optional<JournalRecord> record = record(number);
    return (payload.isEmpty()
            || record.map(JournalRecord::digest).equals(payload.map(Bytes::sha256)))
        && (ids.isEmpty()
            || record
                .flatMap(JournalRecord::batch)
                .map(BatchDigest::digest)
                .equals(ids.map(Bytes::sha256)));
  }

  /**
   * What follows on an entry.
   *
   * @param number up to where the log is known already
   * @param to number of the last that counts
   * @param most how many
   * @throws OvertakenException when some of it went since
   */
  List<LogItem> after(long number, long to, int most) throws OvertakenException {
    List<LogItem> items = new ArrayList<>();
    long next = number + 1;
    while (next <= to && items.size() < most) {
      LogItem item = at(next, to);
      items.add(item);
      next = item.to() + 1;
    }
    return items;
  }

  private LogItem at(long number, long to) throws OvertakenException {
    Optional<PrunedRange> range = ranges.covering(number);
    if (range.isPresent()) {
      if (range.get().from() != number || range.get().to() > to) {
        throw new OvertakenException();
      }
      return new LogItem.Gone(range.get());
    }
    if (entries.has(number)) {
      return new LogItem.Kept(number, entries.line(number), carriesWhatItSays(number));
    }
    long nextEntry = entries.from(number).orElse(to + 1);
    long nextRange = ranges.from(number).orElse(to + 1);
    return new LogItem.Missing(number, Math.min(to, Math.min(nextEntry, nextRange) - 1));
  }

  /** The lines of entries that follow on another, whatever went in between. */
  List<LogItem.Kept> entriesAfter(long number, int most) {
    List<LogItem.Kept> lines = new ArrayList<>();
    for (Optional<Long> next = entries.from(number + 1);
        next.isPresent() && lines.size() < most;
        next = entries.from(next.get() + 1)) {
      lines.add(new LogItem.Kept(next.get(), entries.line(next.get()), true));
    }
    return lines;
  }
}
