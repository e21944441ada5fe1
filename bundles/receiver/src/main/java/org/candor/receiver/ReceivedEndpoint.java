package org.candor.receiver;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /received}: what came, as JSON. */
final class ReceivedEndpoint implements Endpoint {

  private final Received received;

  ReceivedEndpoint(Received received) {
    this.received = received;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/received");
  }

  @Override
  public Answer answer(Request request) {
    List<Entry> entries = received.entries();
    return Answer.streamed(
        out -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          ReceivedJson.write(entries, text);
        });
  }
}
