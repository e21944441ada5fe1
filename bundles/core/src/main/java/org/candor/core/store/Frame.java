package org.candor.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A mark, a length, some content and its checksum (CRC-32C). The store checks no content, so that a
 * power loss in the middle of a commit can leave a file that opens and holds garbage: a frame shows
 * it. And a frame can be found in a file that does not open any more, at its old place too, since a
 * commit never overwrites what the one before it needs.
 */
public final class Frame {

  private static final byte[] MARK = "CANDOR\u0001\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = MARK.length + Integer.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  private Frame() {}

  public static byte[] wrap(byte[] content) {
    return ByteBuffer.allocate(HEAD + content.length + CHECKSUM)
        .put(MARK)
        .putInt(content.length)
        .put(content)
        .putInt(checksum(content))
        .array();
  }

  /** The content of a frame; empty when it is damaged. */
  public static Optional<byte[]> unwrap(byte[] frame) {
    return at(frame, 0);
  }

  /** The contents of all whole frames in a file, in the order of their places. */
  public static List<byte[]> scan(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<byte[]> contents = new ArrayList<>();
    for (int offset = 0; offset < bytes.length; offset++) {
      if (bytes[offset] == MARK[0]) {
        at(bytes, offset).ifPresent(contents::add);
      }
    }
    return contents;
  }

  private static Optional<byte[]> at(byte[] bytes, int offset) {
    int rest = bytes.length - offset - HEAD - CHECKSUM;
    if (rest < 0 || !Arrays.equals(bytes, offset, offset + MARK.length, MARK, 0, MARK.length)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int length = buffer.getInt(offset + MARK.length);
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
