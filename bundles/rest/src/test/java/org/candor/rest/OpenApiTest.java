package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.sun.net.httpserver.HttpHandler;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.candor.api.consent.Purpose;
import org.candor.http.server.ServerLimits;
import org.candor.http.testing.Eventually;
import org.candor.rest.Client.Reply;
import org.candor.rest.gate.PathTemplate;
import org.candor.rest.product.TestProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code openapi.json} against what the server answers: each status of each operation that is
 * documented is had once and fits its schema, and nothing else is answered.
 */
class OpenApiTest {

  private static final String SHOP = "https://shop.test";
  private static final String EVENT = "{\"type\":\"page\",\"key\":\"shop-key-1\"}";
  private static final String BUSY = "{\"type\":\"page\",\"key\":\"busy-key-1\"}";

  private final FakeCore core = new FakeCore();
  private final FakeIntake intake = new FakeIntake();
  private final Set<String> had = new TreeSet<>();
  private Rest rest;
  private Client client;
  private OpenAPI description;
  private OpenApiInteractionValidator validator;

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @BeforeEach
  void open() throws Exception {
    core.products.bindIntake(intake);
    core.products.bindProduct(TestProduct.of(SHOP).named("shop"));
    core.products.bindProduct(
        TestProduct.of(SHOP).withKey("busy-key-1").withPerMinute("1").named("busy"));
    rest = TestRest.open(core);
    client = new Client(Eventually.get(rest::address).getPort(), "storageos");
    String json = client.get("/openapi.json").response().body();
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(json, List.of(), options);
    assertThat(parsed.getMessages()).isEmpty();
    description = parsed.getOpenAPI();
    validator = OpenApiInteractionValidator.createForInlineApiSpecification(json).build();
  }

  @AfterEach
  void close() {
    rest.deactivate();
    core.streams.close();
  }

  @Test
  void everyRouteIsDescribedAndNoOther() {
    Set<String> described = new TreeSet<>(description.getPaths().keySet());
    assertThat(described).contains("/telemetry");
    described.remove("/telemetry");
    assertThat(new TreeSet<>(rest.paths())).isEqualTo(described);
  }

  @Test
  void everyAnswerIsAsDescribed() throws Exception {
    HttpHandler page =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("<!doctype html>".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        };
    rest.bindHandler(page, Map.of(Rest.PATH, "/telemetry"));
    get("/telemetry", 200);
    rest.unbindHandler(page);
    get("/telemetry", 404);

    for (String path :
        List.of(
            "/v1/telemetry",
            "/v2/cluster",
            "/v1/status",
            "/v1/preview/segment",
            "/v1/sent",
            "/v1/sent?newest=3",
            "/v1/sent?newest=3&all=true",
            "/v1/consent",
            "/v1/sent/p-1/payload",
            "/v1/fields",
            "/v1/fields?channel=segment",
            "/v1/sent/p-1/proof",
            "/v1/verification",
            "/v1/verification?since=7-" + "a".repeat(64),
            "/v1/upgrade",
            "/v1/explain/usage",
            "/v1/explain/errors",
            "/v1/crashes",
            "/v1/crashes/00000000000000000000000000000000",
            "/v1/history",
            "/openapi.json")) {
      get(path, 200);
    }
    for (String path :
        List.of(
            "/v1/preview/x",
            "/v1/sent/x/payload",
            "/v1/crashes/x",
            "/v1/sent/x/proof",
            "/v1/fields?channel=x",
            "/v1/explain/x")) {
      get(path, 404);
    }
    changes();
    answers();
    events();
    script();
    rest.bindHandler(page, Map.of(Rest.PATH, "/telemetry"));
    eachOperationsRefusals();
    realmThatHangs();
    core.broken = Optional.of(new IOException("disk gone"));
    core.consent.unreadable();
    for (String path :
        List.of(
            "/v2/cluster",
            "/v1/preview/segment",
            "/v1/sent",
            "/v1/consent",
            "/v1/sent/p-1/payload",
            "/v1/sent/p-1/proof",
            "/v1/verification",
            "/v1/crashes",
            "/v1/crashes/x",
            "/v1/history")) {
      get(path, 503);
    }
    put("/v2/cluster", "{\"version\":\"x\",\"disableTelemetry\":true}", 503);
    tooManyTries();
    assertThat(had).isEqualTo(documented());
  }

  private void changes() throws Exception {
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpResponse<InputStream> stream =
          HttpClient.newHttpClient()
              .send(
                  client.request("/v1/changes").build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      streams.add(stream);
    }
    check("GET", "/v1/changes", 200, streams.get(0).headers().map(), "retry: 2000");
    get("/v1/changes", 503);
    for (HttpResponse<InputStream> stream : streams) {
      stream.body().close();
    }
  }

  private void answers() throws Exception {
    put("/v1/telemetry", "{\"telemetryEnabled\":true,\"reportErrors\":false}", 200);
    String version = client.get("/v2/cluster").json().get("version").getAsString();
    String change = "{\"disableTelemetry\":true,\"version\":\"" + version + "\"}";
    put("/v2/cluster", change, 200);
    put("/v2/cluster", change, 412);
    version = client.get("/v2/cluster").json().get("version").getAsString();
    for (String path : List.of("/v1/telemetry", "/v2/cluster")) {
      send("PUT", path, client.request(path).PUT(BodyPublishers.ofString("{}")), 415);
      put(path, " ".repeat(70_000), 413);
    }
    core.consent.environmentForbids(Purpose.USAGE);
    put("/v1/telemetry", "{\"telemetryEnabled\":true}", 409);
    version = client.get("/v2/cluster").json().get("version").getAsString();
    put("/v2/cluster", "{\"disableTelemetry\":false,\"version\":\"" + version + "\"}", 409);
    core.consent.readOnly();
    put("/v1/telemetry", "{\"telemetryEnabled\":false}", 500);
    put("/v2/cluster", "{\"disableCrashReporting\":false,\"version\":\"" + version + "\"}", 500);
  }

  private void events() throws Exception {
    post(EVENT, 202);
    post("{}", 400);
    post("{\"type\":\"page\",\"key\":\"guess\"}", 401);
    send("POST", "/v1/events", json(EVENT).header("Origin", "https://evil.test"), 403);
    post(" ".repeat((1 << 20) + 1), 413);
    send(
        "POST",
        "/v1/events",
        client.anonymous("/v1/events").header("Origin", SHOP).POST(BodyPublishers.ofString(EVENT)),
        415);
    post(BUSY, 202);
    post(BUSY, 429);
    core.products.unbindIntake(intake);
    post(EVENT, 503);
    preflight(SHOP, 204);
    preflight("https://evil.test", 403);
  }

  private HttpRequest.Builder json(String body) {
    return client
        .anonymous("/v1/events")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private void post(String body, int status) throws Exception {
    send("POST", "/v1/events", json(body).header("Origin", SHOP), status);
  }

  private void preflight(String origin, int status) throws Exception {
    send(
        "OPTIONS",
        "/v1/events",
        client
            .anonymous("/v1/events")
            .header("Origin", origin)
            .method("OPTIONS", BodyPublishers.noBody()),
        status);
  }

  private void script() throws Exception {
    Reply script = send("GET", "/candor.js", client.anonymous("/candor.js"), 200);
    send(
        "GET",
        "/candor.js",
        client.anonymous("/candor.js").header("If-None-Match", script.header("ETag")),
        304);
  }

  /** What the gate answers, whatever is asked for. */
  private void eachOperationsRefusals() throws Exception {
    for (String operation : operations()) {
      String method = operation.split(" ")[0];
      String path =
          operation.split(" ")[1].replace("{channel}", "segment").replaceAll("\\{\\w+}", "x");
      raw(method, path, "Host: evil.test\n", 421);
      raw(method, path, "", 400);
      if (!path.equals("/v1/events") && !path.equals("/candor.js")) {
        bare(method, path, client.anonymous(path), 401);
        bare(method, path, client.as("guest").request(path), 403);
      }
      tooLarge(method, path);
    }
  }

  private void tooLarge(String method, String path) throws Exception {
    HttpRequest.Builder request =
        path.equals("/v1/events") ? client.anonymous(path) : client.request(path);
    send(method, path, request.method(method, BodyPublishers.ofString(" ".repeat(1 << 21))), 413);
  }

  private void realmThatHangs() throws Exception {
    Rest impatient = TestRest.open(core, ServerLimits.USUAL, Duration.ofMillis(100));
    Client hasty = new Client(Eventually.get(impatient::address).getPort(), "storageos");
    HangingRealm night = HangingRealm.begin(hasty);
    try {
      for (String operation : operations()) {
        String method = operation.split(" ")[0];
        String path = operation.split(" ")[1].replaceAll("\\{\\w+}", "x");
        if (!path.equals("/v1/events") && !path.equals("/candor.js")) {
          bare(method, path, hasty.request(path), 503);
        }
      }
    } finally {
      night.end();
      impatient.deactivate();
    }
  }

  private void tooManyTries() throws Exception {
    for (int i = 0; i < 12; i++) {
      Client.send(client.as("nobody").request("/v1/status"));
    }
    for (String operation : operations()) {
      String method = operation.split(" ")[0];
      String path = operation.split(" ")[1].replaceAll("\\{\\w+}", "x");
      if (!path.equals("/v1/events") && !path.equals("/candor.js")) {
        List<Socket> waiting = guessUntilNobodyMoreMayWait();
        bare(method, path, client.as("nobody").request(path), 429);
        for (Socket socket : waiting) {
          socket.close();
        }
      }
    }
  }

  private List<Socket> guessUntilNobodyMoreMayWait() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    boolean room = true;
    while (room) {
      Socket socket =
          client.open(
              "GET /v1/status HTTP/1.1\nHost: localhost\nAuthorization: "
                  + Client.basic("nobody", "guess")
                  + "\n\n");
      waiting.add(socket);
      socket.setSoTimeout(100);
      try {
        room = socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        room = true;
      }
    }
    return waiting;
  }

  private void get(String path, int status) throws Exception {
    send("GET", path, client.request(path), status);
  }

  private void put(String path, String json, int status) throws Exception {
    send(
        "PUT",
        path,
        client
            .request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)),
        status);
  }

  private void bare(String method, String path, HttpRequest.Builder request, int status)
      throws Exception {
    send(method, path, request.method(method, BodyPublishers.noBody()), status);
  }

  private Reply send(String method, String path, HttpRequest.Builder request, int status)
      throws Exception {
    Reply reply = Client.send(request);
    assertThat(reply.status()).as(method + " " + path).isEqualTo(status);
    check(method, path, status, reply.response().headers().map(), reply.response().body());
    return reply;
  }

  private void raw(String method, String path, String host, int status) throws Exception {
    String answer =
        client.raw(method + " " + path + " HTTP/1.1\n" + host + "Connection: close\n\n");
    assertThat(answer).as(method + " " + path).startsWith("HTTP/1.1 " + status + " ");
    check(
        method,
        path,
        status,
        Map.of("Content-Type", List.of("application/json; charset=utf-8")),
        answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private void check(
      String method, String path, int status, Map<String, List<String>> headers, String body) {
    String bare = path.replaceAll("\\?.*", "");
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.forEach((name, values) -> response.withHeader(name, values));
    if (!body.isEmpty()) {
      response.withBody(body, StandardCharsets.UTF_8);
    }
    ValidationReport report =
        validator.validateResponse(bare, Request.Method.valueOf(method), response.build());
    assertThat(report.getMessages()).as("%s %s %d: %s", method, path, status, body).isEmpty();
    String template =
        description.getPaths().keySet().stream()
            .filter(some -> some.equals(bare) || new PathTemplate(some).parameter(bare).isPresent())
            .findFirst()
            .orElseThrow();
    had.add(method + " " + template + " " + status);
  }

  private List<String> operations() {
    List<String> operations = new ArrayList<>();
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> operations.add(method + " " + path)));
    return operations;
  }

  private Set<String> documented() {
    Set<String> documented = new TreeSet<>();
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            operation
                                .getResponses()
                                .keySet()
                                .forEach(
                                    status -> documented.add(method + " " + path + " " + status))));
    return documented;
  }
}
