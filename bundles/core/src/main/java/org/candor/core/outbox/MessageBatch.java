package org.candor.core.outbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.candor.core.store.DamagedException;
import org.candor.core.store.RecordFrame;

/**
 * Record batch: messages of one channel whose numbers follow on each other, as they lie in the file
 * together: their count, and each in a {@link RecordFrame} of its own, so that what is damaged
 * takes no other with it. Many small messages cost the file little more than one large one.
 *
 * <p>What an earlier version wrote is one frame without a count.
 */
final class MessageBatch {

  /** Beyond so many bytes a sheaf is not made larger. */
  private static final int LARGEST = 1 << 16;

  private final byte[] bytes;
  private final boolean counted;

  MessageBatch(byte[] bytes) {
    this.bytes = bytes;
    this.counted = !RecordFrame.isAt(bytes, 0);
  }

  /** The bytes of sheaves that hold these frames, in their order. */
  static List<byte[]> of(List<byte[]> frames) {
    List<byte[]> sheaves = new ArrayList<>();
    int from = 0;
    int size = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (i > from && size + frames.get(i).length > LARGEST) {
        sheaves.add(bind(frames.subList(from, i), size));
        from = i;
        size = 0;
      }
      size += frames.get(i).length;
    }
    if (from < frames.size()) {
      sheaves.add(bind(frames.subList(from, frames.size()), size));
    }
    return sheaves;
  }

  private static byte[] bind(List<byte[]> frames, int size) {
    ByteBuffer sheaf = ByteBuffer.allocate(Integer.BYTES + size).putInt(frames.size());
    frames.forEach(sheaf::put);
    return sheaf.array();
  }

  /** How many messages it holds, also when they are damaged; no more than there is room for. */
  int count() {
    if (!counted || bytes.length < Integer.BYTES) {
      return 1;
    }
    int most = bytes.length / RecordFrame.LEAST;
    return Math.max(1, Math.min(ByteBuffer.wrap(bytes).getInt(), most));
  }

  /**
   * The frames, whole or not.
   *
   * @throws DamagedException when they cannot be told apart
   */
  List<byte[]> frames() {
    List<byte[]> frames = new ArrayList<>();
    for (Walk walk = walk(); walk.hasNext(); ) {
      frames.add(walk.frame());
    }
    return frames;
  }

  /** Goes through the messages. */
  Walk walk() {
    return new Walk();
  }

  /** A way through the messages, no farther than wanted. */
  final class Walk {

    private int place = counted ? Integer.BYTES : 0;
    private int left = count();

    boolean hasNext() {
      return left > 0;
    }

    /** Whether nothing follows. */
    boolean isAtTheEnd() {
      return left == 0 && place == bytes.length;
    }

    /** The next message; empty when it is damaged. */
    Optional<QueuedMessage> message() {
      int here = place;
      step();
      return RecordFrame.unwrap(bytes, here).flatMap(MessageCodec::fields);
    }

    private byte[] frame() {
      int here = place;
      step();
      return Arrays.copyOfRange(bytes, here, place);
    }

    private void step() {
      place += RecordFrame.sizeAt(bytes, place);
      left--;
    }
  }
}
