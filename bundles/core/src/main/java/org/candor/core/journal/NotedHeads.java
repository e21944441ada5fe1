package org.candor.core.journal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Table of noted heads in the open file: sizes of the tree of which somebody may have noted the
 * root, and which therefore stay provable. There are so many at most; beyond that one goes that
 * lies closest in time to the one before it. Commits nothing itself.
 */
final class NotedHeads {

  /** One a day for more than two and a half years. */
  static final int MOST = 1_000;

  private static final byte KIND = 'P';
  private static final int LENGTH = 1 + 2 * Long.BYTES;

  private final StoreFile file;

  NotedHeads(StoreFile file) {
    this.file = file;
  }

  /** A head in a frame's content. */
  record Noted(long size, Instant at) {

    private byte[] encode() {
      return ByteBuffer.allocate(LENGTH).put(KIND).putLong(size).putLong(at.toEpochMilli()).array();
    }

    static Optional<Noted> decode(byte[] content) {
      if (content.length != LENGTH || content[0] != KIND) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(content, 1, LENGTH - 1);
      return Optional.of(new Noted(buffer.getLong(), Instant.ofEpochMilli(buffer.getLong())));
    }
  }

  boolean has(long size) {
    return map().containsKey(size);
  }

  /** What they take, about. */
  long bytes() {
    return map().sizeAsLong() * (LENGTH + RecordFrame.LEAST);
  }

  /**
   * Notes one.
   *
   * @return the size that is not noted any more, when there were too many
   */
  Optional<Long> note(Noted head) {
    map().putIfAbsent(head.size(), RecordFrame.wrap(head.encode()));
    if (map().sizeAsLong() <= MOST) {
      return Optional.empty();
    }
    long closest = closest();
    map().remove(closest);
    return Optional.of(closest);
  }

  private long closest() {
    long closest = 0;
    long least = Long.MAX_VALUE;
    long before = Long.MIN_VALUE;
    Long newest = map().lastKey();
    for (Long size : map().keySet()) {
      long at = at(size);
      boolean between = before != Long.MIN_VALUE && !size.equals(newest);
      if (between && at - before < least) {
        least = at - before;
        closest = size;
      }
      before = at;
    }
    return closest;
  }

  private long at(long size) {
    return RecordFrame.unwrap(map().get(size))
        .flatMap(Noted::decode)
        .map(head -> head.at().toEpochMilli())
        .orElse(0L);
  }

  private MVMap<Long, byte[]> map() {
    return file.numbered("heads");
  }
}
