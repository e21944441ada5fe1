package org.candor.core.outbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.candor.api.Bytes;
import org.candor.api.report.Message;

/**
 * The form of a message on disk: a mark, the length, the fields, and a checksum (CRC-32C) over the
 * fields. It can be recognised in the middle of a damaged file.
 */
final class MessageCodec {

  private static final byte[] MARK = "CANDOR\u0001\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = MARK.length + Integer.BYTES;
  private static final int CHECKSUM = Integer.BYTES;

  private MessageCodec() {}

  static byte[] encode(QueuedMessage queued) {
    try {
      ByteArrayOutputStream fields = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(fields);
      out.writeLong(queued.number());
      out.writeUTF(queued.channel());
      out.writeLong(queued.at().toEpochMilli());
      out.writeUTF(queued.message().id());
      out.writeUTF(queued.message().name());
      out.writeUTF(queued.message().mediaType());
      queued.message().body().writeTo(out);
      return ByteBuffer.allocate(HEAD + fields.size() + CHECKSUM)
          .put(MARK)
          .putInt(fields.size())
          .put(fields.toByteArray())
          .putInt(checksum(fields.toByteArray(), 0, fields.size()))
          .array();
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory failed", e);
    }
  }

  /** The message that begins at the offset; empty when none does, or a damaged one. */
  static Optional<QueuedMessage> decode(byte[] bytes, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    if (buffer.remaining() < HEAD + CHECKSUM || !startsWithMark(bytes, offset)) {
      return Optional.empty();
    }
    int length = buffer.getInt(offset + MARK.length);
    if (length < 0 || length > buffer.remaining() - HEAD - CHECKSUM) {
      return Optional.empty();
    }
    int begin = offset + HEAD;
    if (buffer.getInt(begin + length) != checksum(bytes, begin, length)) {
      return Optional.empty();
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, begin, length));
      return Optional.of(
          new QueuedMessage(
              in.readLong(),
              in.readUTF(),
              Instant.ofEpochMilli(in.readLong()),
              new Message(
                  in.readUTF(), in.readUTF(), in.readUTF(), Bytes.copyOf(in.readAllBytes()))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean startsWithMark(byte[] bytes, int offset) {
    for (int i = 0; i < MARK.length; i++) {
      if (bytes[offset + i] != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
