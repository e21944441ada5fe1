package org.candor.core.journal;

import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Table of the entries that are kept in the open file, by number. Commits nothing itself. Knows
 * without looking which of them are changes of what is allowed and which are about web events, so
 * that those are quickly found among many others.
 */
final class Entries {

  /** What the first entry names as the digest of the one before it. */
  static final String START = "0".repeat(64);

  private final StoreFile file;
  private final NavigableSet<Long> changes = new TreeSet<>();
  private final NavigableSet<Long> ofWebEvents = new TreeSet<>();
  private long bytes;
  private long webBytes;

  Entries(StoreFile file) {
    this.file = file;
  }

  /** Finds out what those take, and of which kinds they are, that lie there already. */
  void weigh() {
    changes.clear();
    ofWebEvents.clear();
    bytes = 0;
    webBytes = 0;
    map().forEach((number, frame) -> weigh(number, frame.length, line(frame)));
  }

  private void weigh(long number, int size, byte[] line) {
    if (LineCodec.isOfWebEvents(line)) {
      ofWebEvents.add(number);
      webBytes += size;
      return;
    }
    bytes += size;
    if (LineCodec.isConsent(number, line)) {
      changes.add(number);
    }
  }

  /** Whether all in a file are whole. */
  static boolean areWhole(StoreFile file) {
    return map(file).values().stream().allMatch(frame -> RecordFrame.unwrap(frame).isPresent());
  }

  /** How many there are of every kind. */
  long count() {
    return map().sizeAsLong();
  }

  /** How many of them are attempts. */
  long attempts() {
    return count() - changes.size();
  }

  /** What those take that are not about web events. */
  long bytes() {
    return bytes;
  }

  /** What those take that are about web events. */
  long webBytes() {
    return webBytes;
  }

  void put(long number, byte[] line) {
    byte[] frame = RecordFrame.wrap(PackedLine.pack(line));
    map().put(number, frame);
    weigh(number, frame.length, line);
  }

  void remove(long number) {
    int size = map().remove(number).length;
    if (ofWebEvents.remove(number)) {
      webBytes -= size;
    } else {
      bytes -= size;
      changes.remove(number);
    }
  }

  Optional<Long> first() {
    return Optional.ofNullable(map().firstKey());
  }

  /** The oldest about web events, as long as it is not the only one. */
  Optional<Long> oldestOfWebEvents() {
    return ofWebEvents.size() > 1 ? Optional.of(ofWebEvents.first()) : Optional.empty();
  }

  /** The oldest of the others, as long as it is not the only one. */
  Optional<Long> oldestOther() {
    return count() - ofWebEvents.size() > 1
        ? Stream.iterate(map().firstKey(), Objects::nonNull, map()::higherKey)
            .filter(number -> !ofWebEvents.contains(number))
            .findFirst()
        : Optional.empty();
  }

  boolean has(long number) {
    return map().containsKey(number);
  }

  boolean isOfWebEvents(long number) {
    return ofWebEvents.contains(number);
  }

  /** The first entry at or after a number. */
  Optional<Long> from(long number) {
    return Optional.ofNullable(map().ceilingKey(number));
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
    byte[] frame = map().get(number);
    return frame == null ? new byte[0] : line(frame);
  }

  private static byte[] line(byte[] frame) {
    return RecordFrame.unwrap(frame).map(PackedLine::unpack).orElse(new byte[0]);
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
