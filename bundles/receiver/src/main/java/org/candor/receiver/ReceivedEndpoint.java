package org.candor.receiver;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /received}: what came, as JSON. */
final class ReceivedEndpoint implements ReceiverEndpoint {

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
  public EndpointResponse answer(Request request) {
    List<ReceivedMessage> entries = received.entries();
    return EndpointResponse.streamed(
        out -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          ReceivedJson.write(entries, text);
        });
  }
}
