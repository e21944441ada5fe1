package org.candor.itest;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;

/**
 * A Segment of a test class, to which the shared Karaf sends; nothing is queued before or after.
 */
final class SharedSegment implements AutoCloseable {

  private static final Duration OBEYED = Duration.ofSeconds(6);
  private static final Duration DELIVERED = Duration.ofSeconds(30);

  private final KarafInstance karaf;
  private final SegmentServer server = new SegmentServer();

  SharedSegment(KarafInstance karaf) throws Exception {
    this.karaf = karaf;
    pointTo(server.url());
  }

  SegmentServer server() {
    return server;
  }

  /** Has the sink send there. */
  void pointTo(String url) throws Exception {
    karaf.etc().set("org.candor.sink.segment", "endpoint", url);
    Eventually.await(
        "endpoint " + url,
        OBEYED,
        karaf::channel,
        channel -> channel.get("endpoint").getAsString().equals(url));
  }

  /** Waits until nothing is queued any more and all is well. */
  void awaitDelivery() throws Exception {
    awaitEmpty(karaf);
  }

  static void awaitEmpty(KarafInstance karaf) throws Exception {
    Eventually.await(
        "nothing queued, all well",
        DELIVERED,
        karaf::channel,
        channel -> queued(channel) == 0 && state(channel).equals("active"));
  }

  /** Sends a report, which arrives. */
  String send() throws IOException {
    return karaf.run("telemetry:send segment").out();
  }

  static long queued(JsonObject channel) {
    return channel.get("queued").isJsonNull() ? -1 : channel.get("queued").getAsLong();
  }

  static String state(JsonObject channel) {
    return channel.get("state").getAsString();
  }

  static long lost(JsonObject channel, String reason) {
    JsonObject lost = channel.getAsJsonObject("lost");
    return lost.has(reason) ? lost.get(reason).getAsLong() : 0;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
