package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryEndpointTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T18:59:09Z"), ZoneOffset.UTC);
  private static final String AUTH =
      "Sentry sentry_version=7, sentry_client=candor/0.1.0, sentry_key=k3y";
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String HEADER =
      "{\"event_id\":\"" + ID + "\",\"sent_at\":\"2026-11-21T18:59:08.123Z\"}";
  private static final String EVENT = "{\"event_id\":\"" + ID + "\",\"t\":\"ä\uD83D\uDE00\"}";

  private final Receiver receiver = new Receiver(TestConfig.NORMAL, CLOCK);
  private Client client;

  @BeforeEach
  void bound() {
    client = Client.of(Eventually.get(receiver::port));
  }

  @AfterEach
  void stop() {
    receiver.deactivate();
  }

  @Test
  void anEnvelopeIsTakenAndShownByteForByte() throws Exception {
    String envelope = envelope(EVENT);
    HttpResponse<String> response = send(envelope);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"id\":\"" + ID + "\"}");
    JsonObject entry = onlyEntry();
    assertThat(entry.get("channel").getAsString()).isEqualTo("sentry");
    assertThat(entry.get("receivedAt").getAsString()).isEqualTo("2026-11-21T18:59:09Z");
    assertThat(entry.get("body").getAsString()).isEqualTo(envelope);
    assertThat(entry.get("bytes").getAsInt()).isEqualTo(bytes(envelope).length);
    assertThat(entry.get("duplicates").getAsInt()).isZero();
  }

  @Test
  void aCompressedEnvelopeIsShownAsItWasBefore() throws Exception {
    byte[] zipped = Client.gzip(bytes(envelope(EVENT)));
    HttpResponse<String> response =
        post("/api/1/envelope/", zipped, "X-Sentry-Auth", AUTH, "Content-Encoding", "gzip");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(onlyEntry().get("body").getAsString()).isEqualTo(envelope(EVENT));
  }

  @Test
  void anEventThatComesAgainIsCounted() throws Exception {
    send(envelope(EVENT));
    send(envelope(EVENT));
    assertThat(receiver.entries()).extracting(ReceivedMessage::duplicates).containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Other | Sentry sentry_version=7, sentry_key=k | no header X-Sentry-Auth",
        "X-Sentry-Auth | Bearer k | begins with Sentry",
        "X-Sentry-Auth | Sentry sentry_key=k | sentry_version=7",
        "X-Sentry-Auth | Sentry sentry_version=6, sentry_key=k | sentry_version=7",
        "X-Sentry-Auth | Sentry sentry_version=7 | sentry_key",
        "X-Sentry-Auth | Sentry sentry_version=7, sentry_key= | sentry_key"
      })
  void withoutAKeyNothingIsTaken(String name, String value, String reason) throws Exception {
    refused(403, reason, post("/api/1/envelope/", bytes(envelope(EVENT)), name, value));
  }

  static List<Object[]> damaged() {
    int length = bytes(EVENT).length;
    List<Object[]> cases = new ArrayList<>();
    damaged(cases, "", "header is not JSON");
    damaged(cases, "\n" + envelope(EVENT), "header is not JSON");
    damaged(cases, "[]\n", "header is not a JSON object");
    damaged(cases, "{}\n" + item(length) + EVENT, "event_id");
    damaged(cases, HEADER.replace(ID, ID.toUpperCase()) + "\n", "event_id");
    damaged(cases, HEADER.replace("2026", "today") + "\n", "sent_at");
    damaged(cases, HEADER, "holds no item");
    damaged(cases, HEADER + "\n", "holds no item");
    damaged(cases, HEADER + "\n\n", "Item 1's header is not JSON");
    damaged(cases, HEADER + " {}\n" + item(length) + EVENT, "header is not JSON");
    damaged(cases, HEADER + "\n{\"length\":1}\n1", "no type");
    damaged(cases, HEADER + "\n{\"type\":\"event\"}\n" + EVENT, "does not say its length");
    damaged(
        cases, HEADER + "\n{\"type\":\"event\",\"length\":\"1\"}\n1", "does not say its length");
    damaged(cases, HEADER + "\n{\"type\":\"event\",\"length\":-1}\n1", "does not say its length");
    damaged(cases, HEADER + "\n{\"type\":\"event\",\"length\":1e1}\n1", "does not say its length");
    damaged(cases, HEADER + "\n" + item(length + 1) + EVENT, "not " + (length + 1));
    damaged(cases, HEADER + "\n" + item(length + 2) + EVENT + "\n", "not " + (length + 2));
    damaged(cases, HEADER + "\n" + item(length - 1) + EVENT + "\n", "does not end after");
    damaged(cases, HEADER + "\n" + item(length + 1) + EVENT + "\n\n\n", "Item 2's header");
    damaged(cases, HEADER + "\n" + item(3) + "\"1\"\n", "Item 1 is not a JSON object");
    damaged(cases, HEADER + "\n" + item(2) + "{}\n", "another event");
    damaged(cases, envelope(EVENT) + item(9), "Item 2 has 0 bytes");
    return cases;
  }

  private static void damaged(List<Object[]> cases, String envelope, String reason) {
    cases.add(new Object[] {envelope, reason});
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void whatIsNoEnvelopeIsRefused(String envelope, String reason) throws Exception {
    refused(400, reason, send(envelope));
  }

  @Test
  void theLastLineBreakMayBeMissingAndOtherItemsMayCome() throws Exception {
    String attachment = "{\"type\":\"attachment\",\"length\":3}\n\n\n\n";
    assertThat(
            send(HEADER + "\n" + attachment + "\n" + item(bytes(EVENT).length) + EVENT)
                .statusCode())
        .isEqualTo(200);
    assertThat(onlyEntry().get("body").getAsString()).endsWith(EVENT);
  }

  @Test
  void anEventOfAMebibyteIsTakenAndALargerOneIsNot() throws Exception {
    String ascii = EVENT.replace("ä\uD83D\uDE00", "");
    String most = ascii.replace("\"t\":\"", "\"t\":\"" + "x".repeat((1 << 20) - ascii.length()));
    assertThat(send(envelope(most)).statusCode()).isEqualTo(200);
    refusedNow(413, "1 MiB", send(envelope(most.replace("\"t\":\"", "\"t\":\"x"))));
    byte[] bomb = Client.gzip(new byte[64 << 20]);
    refusedNow(
        413,
        "bytes",
        post("/api/1/envelope/", bomb, "X-Sentry-Auth", AUTH, "Content-Encoding", "gzip"));
    assertThat(receiver.entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/1/envelope", "/api/envelope/", "/api/1/2/envelope/", "/api/1/store/"})
  void otherPathsAreNotThere(String path) throws Exception {
    refused(404, path, post(path, bytes(envelope(EVENT)), "X-Sentry-Auth", AUTH));
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    refused(405, "POST", client.send(client.request("/api/1/envelope/")));
  }

  @Test
  void itFailsWhenItIsToldToAndKeepsNothingThen() throws Exception {
    receiver.modified(TestConfig.NORMAL.answering("429", "7"));
    HttpResponse<String> response = send(envelope(EVENT));
    refused(429, "org.candor.receiver.cfg", response);
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
  }

  private static String envelope(String event) {
    return HEADER + "\n" + item(bytes(event).length) + event + "\n";
  }

  private static String item(int length) {
    return "{\"content_type\":\"application/json\",\"type\":\"event\",\"length\":" + length + "}\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(String envelope) throws IOException, InterruptedException {
    return post("/api/1/envelope/", bytes(envelope), "X-Sentry-Auth", AUTH);
  }

  private HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        client.request(path).headers(headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private JsonObject onlyEntry() throws IOException, InterruptedException {
    JsonArray entries = JsonParser.parseString(client.received()).getAsJsonArray();
    assertThat(entries).hasSize(1);
    return entries.get(0).getAsJsonObject();
  }

  private void refused(int status, String reason, HttpResponse<String> response) {
    refusedNow(status, reason, response);
    assertThat(receiver.entries()).isEmpty();
  }

  private static void refusedNow(int status, String reason, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonObject json = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(json.get("message").getAsString()).contains(reason);
  }
}
