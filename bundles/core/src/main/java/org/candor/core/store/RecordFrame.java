package org.candor.core.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Record framing: a magic number, a length, some content and its checksum (CRC-32C). The store
 * checks no content, so that a power loss in the middle of a commit can leave a file that opens and
 * holds garbage: a frame shows it (a torn write). And a frame can be found in a file that does not
 * open any more, at its old position too, since a commit never overwrites what the one before it
 * needs.
 */
public final class RecordFrame {

  private static final int MAGIC = 8;
  private static final int HEAD = MAGIC + Integer.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  /** Bytes of a frame without content. */
  public static final int LEAST = HEAD + CHECKSUM;

  private static final int WINDOW = 1 << 18;

  /** No message comes near it; a damaged length does. */
  private static final int LARGEST = 1 << 26;

  private RecordFrame() {}

  /** Magic number: what a frame holds. */
  enum Kind {
    /** A record of a store's own form. */
    RECORD("CANDOR\u0001\n"),
    /** A named value; see {@link SealedMap}. */
    VALUE("CANDOR\u0002\n");

    private final byte[] magic;

    Kind(String magic) {
      this.magic = magic.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean isAt(byte[] bytes, int position) {
      return bytes.length >= position + MAGIC
          && Arrays.equals(bytes, position, position + MAGIC, magic, 0, MAGIC);
    }
  }

  public static byte[] wrap(byte[] content) {
    return wrap(Kind.RECORD, content);
  }

  static byte[] wrap(Kind kind, byte[] content) {
    return ByteBuffer.allocate(HEAD + content.length + CHECKSUM)
        .put(kind.magic)
        .putInt(content.length)
        .put(content)
        .putInt(checksum(content))
        .array();
  }

  /** The content of a frame; empty when it is damaged. */
  public static Optional<byte[]> unwrap(byte[] frame) {
    return unwrap(Kind.RECORD, frame);
  }

  static Optional<byte[]> unwrap(Kind kind, byte[] frame) {
    return at(kind, frame, 0);
  }

  /** The content of the frame at a position; empty when it is damaged. */
  public static Optional<byte[]> unwrap(byte[] frames, int position) {
    return at(Kind.RECORD, frames, position);
  }

  /** Whether a frame begins at a position, damaged or not. */
  public static boolean isAt(byte[] bytes, int position) {
    return bytes.length >= position + HEAD && Kind.RECORD.isAt(bytes, position);
  }

  /**
   * How many bytes the frame at a position takes.
   *
   * @throws DamagedException when there is none, or it says that it takes more than there are
   */
  public static int sizeAt(byte[] frames, int position) {
    if (isAt(frames, position)) {
      int length = ByteBuffer.wrap(frames).getInt(position + MAGIC);
      if (length >= 0 && length <= frames.length - position - HEAD - CHECKSUM) {
        return HEAD + length + CHECKSUM;
      }
    }
    throw new DamagedException("no frame begins where one should");
  }

  /**
   * Hands over the contents of all whole frames in a file, in the order of their places. What looks
   * like a frame inside of a frame is none.
   */
  public static void scan(Path file, Consumer<byte[]> found) throws IOException {
    scan(Kind.RECORD, file, found);
  }

  static void scan(Kind kind, Path file, Consumer<byte[]> found) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer window = ByteBuffer.allocate(WINDOW);
      long size = in.size();
      long position = 0;
      while (position + HEAD + CHECKSUM <= size) {
        read(in, window.clear().limit((int) Math.min(WINDOW, size - position)), position);
        position += next(kind, in, window, position, found);
      }
    }
  }

  /** Looks at one window; returns how far the next one begins after it. */
  private static long next(
      Kind kind, FileChannel in, ByteBuffer window, long position, Consumer<byte[]> found)
      throws IOException {
    byte[] bytes = window.array();
    int end = window.limit() - MAGIC;
    for (int offset = 0; offset <= end; offset++) {
      if (kind.isAt(bytes, offset)) {
        Optional<byte[]> content = at(kind, in, position + offset);
        if (content.isPresent()) {
          found.accept(content.get());
          return (long) offset + HEAD + content.get().length + CHECKSUM;
        }
      }
    }
    return Math.max(1, end + 1L);
  }

  private static Optional<byte[]> at(Kind kind, FileChannel in, long position) throws IOException {
    long rest = in.size() - position - HEAD - CHECKSUM;
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    if (rest < 0) {
      return Optional.empty();
    }
    read(in, length, position + MAGIC);
    if (length.getInt(0) < 0 || length.getInt(0) > Math.min(rest, LARGEST)) {
      return Optional.empty();
    }
    ByteBuffer frame = ByteBuffer.allocate(HEAD + length.getInt(0) + CHECKSUM);
    read(in, frame, position);
    return unwrap(kind, frame.array());
  }

  private static void read(FileChannel in, ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file was truncated while it was read");
      }
    }
  }

  private static Optional<byte[]> at(Kind kind, byte[] bytes, int offset) {
    int rest = bytes.length - offset - HEAD - CHECKSUM;
    if (rest < 0 || !kind.isAt(bytes, offset)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int length = buffer.getInt(offset + MAGIC);
    if (length < 0 || length > rest) {
      return Optional.empty();
    }
    int begin = offset + HEAD;
    byte[] content = Arrays.copyOfRange(bytes, begin, begin + length);
    return buffer.getInt(begin + length) == checksum(content)
        ? Optional.of(content)
        : Optional.empty();
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    return (int) crc.getValue();
  }
}
