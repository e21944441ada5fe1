package org.candor.core.journal;

import java.util.Optional;
import java.util.function.LongPredicate;
import org.candor.core.merkle.NodeRun;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Table of pruned ranges in the open file, by the number of their first entry. Neighbours are one
 * range, unless a noted head lies between them. Commits nothing itself.
 */
final class PrunedRanges {

  private final StoreFile file;
  private final LongPredicate isNoted;
  private long bytes;

  /**
   * @param isNoted whether a tree of this size was noted, which must stay provable
   */
  PrunedRanges(StoreFile file, LongPredicate isNoted) {
    this.file = file;
    this.isNoted = isNoted;
  }

  /** Finds out what those take that lie there already. */
  void weigh() {
    bytes = map().values().stream().mapToLong(value -> value.length).sum();
  }

  /** What they take. */
  long bytes() {
    return bytes;
  }

  /** How many entries went. */
  long count() {
    return map().values().stream()
        .flatMap(frame -> range(frame).stream())
        .mapToLong(range -> range.to() - range.from() + 1)
        .sum();
  }

  /** Entries that went, next to no others or to some that went before. */
  void add(NodeRun run) {
    PrunedRange range = new PrunedRange(run);
    Optional<PrunedRange> before = mergeable(endingAt(range.from() - 1), range, range.from() - 1);
    Optional<PrunedRange> after = mergeable(startingAt(range.to() + 1), range, range.to());
    long from = before.map(PrunedRange::from).orElse(range.from());
    NodeRun merged = new NodeRun(from - 1);
    before.map(PrunedRange::run).ifPresent(merged::add);
    merged.add(run);
    after.map(PrunedRange::run).ifPresent(merged::add);
    after.ifPresent(old -> remove(old.from()));
    put(new PrunedRange(merged));
  }

  /** A head between two ranges is not noted any more. */
  void join(long size) {
    startingAt(size + 1)
        .filter(right -> mergeable(endingAt(size), right, size).isPresent())
        .ifPresent(
            right -> {
              remove(right.from());
              add(right.run());
            });
  }

  private Optional<PrunedRange> mergeable(
      Optional<PrunedRange> neighbour, PrunedRange range, long between) {
    return neighbour.filter(found -> !isNoted.test(between) && !found.isLost() && !range.isLost());
  }

  /** The range that begins with an entry. */
  Optional<PrunedRange> startingAt(long number) {
    return Optional.ofNullable(map().get(number)).flatMap(PrunedRanges::range);
  }

  private Optional<PrunedRange> endingAt(long number) {
    return covering(number).filter(range -> range.to() == number);
  }

  /** The range that an entry went into. */
  Optional<PrunedRange> covering(long number) {
    return Optional.ofNullable(map().floorKey(number))
        .flatMap(this::startingAt)
        .filter(range -> range.to() >= number);
  }

  /** Where the first range at or after a number begins. */
  Optional<Long> from(long number) {
    return Optional.ofNullable(map().ceilingKey(number));
  }

  private void put(PrunedRange range) {
    byte[] frame = RecordFrame.wrap(range.encode());
    byte[] old = map().put(range.from(), frame);
    bytes += frame.length - (old == null ? 0 : old.length);
  }

  private void remove(long from) {
    bytes -= map().remove(from).length;
  }

  private static Optional<PrunedRange> range(byte[] frame) {
    return RecordFrame.unwrap(frame).flatMap(PrunedRange::decode);
  }

  /** Whether all in a file are whole. */
  static boolean areWhole(StoreFile file) {
    return map(file).values().stream().allMatch(frame -> range(frame).isPresent());
  }

  private MVMap<Long, byte[]> map() {
    return map(file);
  }

  private static MVMap<Long, byte[]> map(StoreFile file) {
    return file.numbered("pruned");
  }
}
