package org.candor.itest;

import com.google.gson.JsonObject;
import java.time.Duration;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SentryServer;

/** The shared Karaf's Sentry channels, pointed at a server of the test's own while it lasts. */
final class SharedSentry implements AutoCloseable {

  private static final Duration EDIT = Duration.ofSeconds(6);

  private final KarafInstance karaf;
  private final SentryServer server = new SentryServer();

  SharedSentry(KarafInstance karaf) throws Exception {
    this.karaf = karaf;
    karaf.etc().set("org.candor.sink.sentry", "dsn", server.dsn());
    awaitEndpoint("sentry");
    awaitEndpoint("sentry-crash");
  }

  private void awaitEndpoint(String channel) throws Exception {
    Eventually.await(
        "endpoint of " + channel,
        EDIT,
        () -> karaf.channel(channel),
        seen -> seen.get("endpoint").getAsString().startsWith(server.endpoint()));
  }

  SentryServer server() {
    return server;
  }

  /** The newest entry of {@code telemetry:crashes} for a component, as soon as it is there. */
  JsonObject awaitCrash(String component, String outcome) throws Exception {
    return Eventually.await(
            "a crash of " + component + ", " + outcome,
            Duration.ofSeconds(20),
            () ->
                karaf
                    .run("telemetry:crashes --json")
                    .object()
                    .getAsJsonArray("crashes")
                    .asList()
                    .stream()
                    .map(crash -> crash.getAsJsonObject())
                    .filter(crash -> crash.get("component").getAsString().equals(component))
                    .filter(crash -> crash.get("outcome").getAsString().equals(outcome))
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    karaf.etc().set("org.candor.sink.sentry", "dsn", "");
    Eventually.await(
        "no endpoint",
        EDIT,
        () -> karaf.channel("sentry-crash"),
        seen -> seen.get("state").getAsString().equals("unconfigured"));
    server.close();
  }
}
