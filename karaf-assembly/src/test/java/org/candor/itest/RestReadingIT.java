package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.ProbeBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leaves and what changed, read over HTTP, and products' pages, in a running Karaf. */
class RestReadingIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String PRODUCT = "org.candor.rest.product-shop";
  private static final String CONSENT = "org.candor.consent";
  private static final String SHOP = "https://shop.test";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration COLLECTED = Duration.ofSeconds(90);

  private final KarafInstance karaf = KARAF.get();
  private final HttpClient http = HttpClient.newHttpClient();
  private String consentBefore;

  @BeforeEach
  void open() throws Exception {
    consentBefore = karaf.etc().text(CONSENT);
    KarafInstance.awaitPort(karaf.httpPort());
  }

  @AfterEach
  void close() throws Exception {
    karaf.run("telemetry:enable");
    karaf.etc().write(CONSENT, consentBefore);
    Files.deleteIfExists(karaf.etc().file(PRODUCT));
  }

  @Test
  void scriptsReadWhatTheShellPrints() throws Exception {
    same("/v1/fields", "telemetry:fields --json");
    same("/v1/fields?channel=dns", "telemetry:fields dns --json");
    assertThat(names("/v1/fields?channel=segment")).contains("messageId").doesNotHaveDuplicates();
    same("/v1/explain/errors", "telemetry:explain errors --json");
    same("/v1/upgrade", "telemetry:upgrade --json");
    same("/v1/crashes", "telemetry:crashes --json");
    same("/v1/sent", "telemetry:sent --count 100 --json");
    same("/v1/sent?all=true", "telemetry:sent --all --count 100 --json");
    same("/v1/consent", "telemetry:consent --history --json");
    for (String path : List.of("/v1/status", "/v1/preview/dns", "/v1/history", "/openapi.json")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/v1/preview/nowhere").statusCode()).isEqualTo(404);
  }

  private List<String> names(String path) throws Exception {
    JsonObject answer = JsonParser.parseString(get(path).body()).getAsJsonObject();
    return answer.getAsJsonArray("fields").asList().stream()
        .map(field -> field.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private void same(String path, String command) throws Exception {
    JsonElement answer = JsonParser.parseString(get(path).body());
    assertThat(answer).as(path).isEqualTo(karaf.run(command).json());
  }

  @Test
  void aChangeOfMindIsToldToWhoListens() throws Exception {
    try (BufferedReader lines = changes()) {
      CompletableFuture<String> told =
          CompletableFuture.supplyAsync(() -> lineWith(lines, "consent"));
      karaf.run("telemetry:disable version-check");
      assertThat(told.get(10, TimeUnit.SECONDS)).startsWith("data: {\"what\":[");
    }
  }

  @Test
  void aProductsPageIsKnownAsSoonAsItsFileIsThere() throws Exception {
    assertThat(post(SHOP, "shop-key-1")).isEqualTo(403);
    karaf.etc().write(PRODUCT, "key = shop-key-1\norigins = " + SHOP + "\n");
    Eventually.await("known", SOON, () -> post(SHOP, "another-key"), status -> status == 401);
    assertThat(post("https://evil.test", "shop-key-1")).isEqualTo(403);
    Files.delete(karaf.etc().file(PRODUCT));
    Eventually.await("gone", SOON, () -> post(SHOP, "another-key"), status -> status == 403);
  }

  @Test
  void theFeatureGoesWithoutATraceThoughSomebodyListens() throws Exception {
    ProbeBundle probe = new ProbeBundle(karaf);
    karaf.etc().write(PRODUCT, "key = shop-key-1\norigins = " + SHOP + "\n");
    Eventually.await("known", SOON, () -> post(SHOP, "another-key"), status -> status == 401);
    post(SHOP, "shop-key-1");
    // What was taken would be tried again and again, and other tests want none of it.
    karaf.run("telemetry:disable usage");
    Eventually.await(
        "nothing queued",
        SOON,
        () -> karaf.channel("segment-ui").get("queued").getAsLong(),
        queued -> queued == 0);
    karaf.run("telemetry:enable usage");
    scriptsReadWhatTheShellPrints();
    http.send(request("/candor.js").build(), text());
    try (BufferedReader lines = changes()) {
      CompletableFuture<String> end = CompletableFuture.supplyAsync(() -> lineWith(lines, "\0"));
      assertThat(probe.ask("hold org\\.candor\\.rest")).containsExactly("org.candor.rest");
      karaf.run("feature:uninstall candor-console candor-rest");
      assertThat(end.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(probe.ask("threads"))
          .noneMatch(name -> name.matches("(candor-rest|HTTP-Dispatcher|idle-timeout).*"));
      Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
    } finally {
      karaf.run("feature:install candor-rest candor-console");
      karaf.run("bundle:uninstall org.candor.itest.probe");
    }
    KarafInstance.awaitPort(karaf.httpPort());
  }

  private BufferedReader changes() throws Exception {
    HttpResponse<InputStream> stream =
        http.send(signedIn("/v1/changes").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  /** The first line that holds this; empty when there is none before the end. */
  private static String lineWith(BufferedReader lines, String word) {
    try {
      String line = lines.readLine();
      while (line != null && !line.contains(word)) {
        line = lines.readLine();
      }
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  private int post(String origin, String key) throws Exception {
    HttpRequest request =
        request("/v1/events")
            .header("Origin", origin)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"type\":\"page\",\"path\":\"/\",\"key\":\"" + key + "\"}"))
            .build();
    return http.send(request, text()).statusCode();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(signedIn(path).build(), text());
  }

  private HttpRequest.Builder signedIn(String path) {
    byte[] both = "karaf:karaf".getBytes(StandardCharsets.UTF_8);
    return request(path)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + karaf.httpPort() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }
}
