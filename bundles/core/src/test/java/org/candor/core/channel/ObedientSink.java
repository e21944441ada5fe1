package org.candor.core.channel;

import java.util.ArrayList;
import java.util.List;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;

/** Answers as it is told, and keeps what it got. */
final class ObedientSink implements TransportSink {

  final List<Payload> got = new ArrayList<>();
  final List<String> delivered = new ArrayList<>();
  final List<Receipt> answers = new ArrayList<>();
  BatchLimit limit = BatchLimit.ONE_MESSAGE;
  String endpoint = "told:/sink";
  String takes = "text/plain";
  String category = "";
  String refuseIfHolds = "\n";
  String stumblesOver = "\n";
  Runnable whenAsked = () -> {};
  During during = deadline -> {};

  /** What happens while a payload is on its way. */
  @FunctionalInterface
  interface During {
    void send(Deadline deadline);
  }

  @Override
  public boolean accepts(String mediaType) {
    return mediaType.equals(takes);
  }

  @Override
  public SinkState state() {
    whenAsked.run();
    return SinkState.ready(endpoint);
  }

  @Override
  public BatchLimit batchLimit() {
    return limit;
  }

  @Override
  public String category(Message message) {
    return category;
  }

  @Override
  public Payload encode(List<Message> batch) {
    String body = String.join("|", batch.stream().map(m -> m.body().utf8()).toList());
    if (body.contains(stumblesOver)) {
      throw new IllegalArgumentException("stumbled");
    }
    return new Payload("p-" + batch.get(0).id(), "text/plain", Bytes.utf8(body));
  }

  @Override
  public Receipt send(Payload payload, Deadline deadline) {
    got.add(payload);
    during.send(deadline);
    if (payload.body().utf8().contains(refuseIfHolds)) {
      return Receipt.refused("bad");
    }
    Receipt receipt = answers.isEmpty() ? Receipt.delivered("200") : answers.remove(0);
    if (receipt.outcome() == Outcome.DELIVERED) {
      delivered.add(payload.body().utf8());
    }
    return receipt;
  }
}
