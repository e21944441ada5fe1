package org.candor.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.control.Journal.Head;
import org.candor.core.store.DamagedException;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Append-only table: the chain of entries in the open file, and what its ends should be. Commits
 * nothing itself. Knows without looking which of them are changes of what is allowed, so that those
 * are quickly found among many attempts.
 */
final class Entries {

  /** What the first entry names as the digest of the one before it. */
  static final String START = "0".repeat(64);

  private static final String HEAD = "head";
  private static final String LAST = "last";
  private static final String GONE = "gone";

  private final StoreFile file;
  private final NavigableSet<Long> changes = new TreeSet<>();
  private long bytes;

  Entries(StoreFile file) {
    this.file = file;
  }

  /** Finds out what those take, and of which kinds they are, that lie there already. */
  void weigh() {
    changes.clear();
    bytes = 0;
    map().forEach(this::weigh);
  }

  private void weigh(long number, byte[] frame) {
    bytes += frame.length;
    Optional<byte[]> line = RecordFrame.unwrap(frame);
    if (line.filter(found -> LineCodec.isConsent(number, found)).isPresent()) {
      changes.add(number);
    }
  }

  /**
   * Makes sure that all in a file are whole.
   *
   * @throws DamagedException when one is not
   */
  static void check(StoreFile file) {
    for (byte[] frame : map(file).values()) {
      if (RecordFrame.unwrap(frame).isEmpty()) {
        throw new DamagedException("an entry is damaged");
      }
    }
  }

  /**
   * Takes over the entries that are whole in another file, in their order. Where one is missing the
   * chain stays broken for good.
   *
   * @return in how many places entries are missing
   */
  int takeOver(Path aside) throws IOException {
    Chain chain = new Chain();
    RecordFrame.scan(aside, chain::add);
    Head last = new Head(0, START);
    for (byte[] line : chain.inOrder()) {
      long number = LineCodec.decode(line).map(ChainLink::number).orElse(0L);
      last = new Head(Math.max(number, last.number() + 1), digest(line));
      put(last.number(), line);
    }
    note(LAST, last);
    chain.goneBefore().ifPresent(gone -> note(GONE, gone));
    return chain.gaps();
  }

  /** How many there are of every kind. */
  long count() {
    return map().sizeAsLong();
  }

  /** How many of them are attempts. */
  long attempts() {
    return count() - changes.size();
  }

  /** What they take. */
  long bytes() {
    return bytes;
  }

  /** Adds an entry, and gives its number. */
  long append(ChainEntry entry) {
    Head last = last();
    // Names what should be the last, not what lies there: who changed that shows for good. Nor does
    // it take the place of an entry that somebody added.
    long number = Math.max(last.number(), newest()) + 1;
    byte[] line = LineCodec.encode(new ChainLink(number, entry, last.digest()));
    put(number, line);
    note(LAST, new Head(number, digest(line)));
    return number;
  }

  private long newest() {
    return Optional.ofNullable(map().lastKey()).orElse(0L);
  }

  private void put(long number, byte[] line) {
    byte[] frame = RecordFrame.wrap(line);
    map().put(number, frame);
    weigh(number, frame);
  }

  /** Lets the oldest go; the chain is held to begin after it. */
  void dropOldest() {
    long oldest = map().firstKey();
    note(GONE, new Head(oldest, digest(line(oldest))));
    bytes -= map().remove(oldest).length;
    changes.remove(oldest);
  }

  Optional<Long> oldest() {
    return Optional.ofNullable(map().firstKey());
  }

  /** The entry's number that follows on another. */
  Optional<Long> after(long number) {
    return Optional.ofNullable(map().higherKey(number));
  }

  Stream<Long> numbersNewestFirst() {
    MVMap<Long, byte[]> entries = map();
    return Stream.iterate(entries.lastKey(), Objects::nonNull, entries::lowerKey);
  }

  /** All that are whole. */
  Stream<ChainLink> newestFirst() {
    return numbersNewestFirst().map(this::link).flatMap(Optional::stream);
  }

  /** All changes of what is allowed that are whole. */
  Stream<ChainLink> changesNewestFirst() {
    return changes.descendingSet().stream().map(this::link).flatMap(Optional::stream);
  }

  /** An entry; empty when there is none, or a damaged one. */
  Optional<ChainLink> link(long number) {
    return LineCodec.decode(line(number));
  }

  /** An entry's line; empty when there is none, or a damaged one. */
  byte[] line(long number) {
    return Optional.ofNullable(map().get(number)).flatMap(RecordFrame::unwrap).orElse(new byte[0]);
  }

  /** What the last should be. */
  Head last() {
    return noted(LAST);
  }

  /** What the chain begins after. */
  Head gone() {
    return noted(GONE);
  }

  /** Has the chain go on behind an end that is missing, which shows for good. */
  void expect(Head end) {
    note(LAST, end);
  }

  private void note(String what, Head head) {
    file.named(HEAD).put(what, head.number() + " " + head.digest());
  }

  private Head noted(String what) {
    String[] parts = file.named(HEAD).getOrDefault(what, "0 " + START).split(" ", 2);
    return new Head(Long.parseLong(parts[0]), parts[1]);
  }

  private MVMap<Long, byte[]> map() {
    return map(file);
  }

  private static MVMap<Long, byte[]> map(StoreFile file) {
    return file.numbered("entries");
  }

  static String digest(byte[] line) {
    return Bytes.copyOf(line).sha256();
  }
}
