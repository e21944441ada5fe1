package org.candor.core.reporting;

import java.util.ArrayList;
import java.util.List;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;

/** Puts messages into payloads just as the outbox would hand them out. */
final class PreviewBatches {

  private PreviewBatches() {}

  static List<Payload> encode(TransportSink sink, List<Message> messages) {
    BatchLimit limit = sink.batchLimit();
    List<Payload> payloads = new ArrayList<>();
    List<Message> batch = new ArrayList<>();
    long size = 0;
    for (Message message : messages) {
      size += message.body().size();
      if (!batch.isEmpty() && (batch.size() == limit.messages() || size > limit.bytes())) {
        payloads.add(sink.encode(batch));
        batch = new ArrayList<>();
        size = message.body().size();
      }
      batch.add(message);
    }
    if (!batch.isEmpty()) {
      payloads.add(sink.encode(batch));
    }
    return payloads;
  }
}
