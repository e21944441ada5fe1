package org.candor.core.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Checksummed key-value pair: a named value as it lies in a file, in a frame of its own together
 * with what it belongs to. So a damaged key shows as a damaged value does, and both are found again
 * in a file that does not open any more.
 *
 * @param sequence grows with each change in its map, so that of several in one file the newest is
 *     known
 * @param map the name of its map
 * @param key its key there
 * @param text the value
 */
record SealedValue(long sequence, String map, String key, String text) {

  byte[] encode() {
    try {
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 64);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(sequence);
      out.writeUTF(map);
      out.writeUTF(key);
      out.write(value);
      return RecordFrame.wrap(RecordFrame.Kind.VALUE, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the key " + key + " is too long", e);
    }
  }

  /** What {@link #encode} made; empty when it is damaged. */
  static Optional<SealedValue> decode(byte[] frame) {
    return RecordFrame.unwrap(RecordFrame.Kind.VALUE, frame).flatMap(SealedValue::fields);
  }

  /** The value of a frame's content. */
  static Optional<SealedValue> fields(byte[] content) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
      return Optional.of(
          new SealedValue(
              in.readLong(),
              in.readUTF(),
              in.readUTF(),
              new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
