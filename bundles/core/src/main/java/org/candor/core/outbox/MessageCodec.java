package org.candor.core.outbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.core.store.RecordFrame;

/** The form of a queued message on disk: its fields in a {@link RecordFrame}. */
final class MessageCodec {

  /** Bytes of all fields but the body. */
  private static final int USUAL_HEAD = 256;

  private MessageCodec() {}

  static byte[] encode(QueuedMessage queued) {
    try {
      ByteArrayOutputStream fields =
          new ByteArrayOutputStream(queued.message().body().size() + USUAL_HEAD);
      DataOutputStream out = new DataOutputStream(fields);
      out.writeLong(queued.number());
      out.writeUTF(queued.channel());
      out.writeLong(queued.at().toEpochMilli());
      out.writeUTF(queued.message().id());
      out.writeUTF(queued.message().name());
      out.writeUTF(queued.message().mediaType());
      queued.message().body().writeTo(out);
      return RecordFrame.wrap(fields.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a message's id, name or media type is too long", e);
    }
  }

  /** The message of a frame's content; empty when it holds none. */
  static Optional<QueuedMessage> fields(byte[] content) {
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(content);
      DataInputStream in = new DataInputStream(bytes);
      return Optional.of(
          new QueuedMessage(
              in.readLong(),
              in.readUTF(),
              Instant.ofEpochMilli(in.readLong()),
              new Message(
                  in.readUTF(), in.readUTF(), in.readUTF(), Bytes.copyOf(bytes.readAllBytes()))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
