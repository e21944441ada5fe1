package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentEndpointTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T18:59:09Z"), ZoneOffset.UTC);

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
  void aBatchIsTakenAndShownByteForByte() throws Exception {
    String body =
        "{ \"batch\":[{\"messageId\":\"1\",\"n\":1.50,\"t\":\"ä\\u00e4<\uD83D\uDE00\"}]}\n";
    HttpResponse<String> response = client.batch(body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"success\":true}");
    JsonObject entry = onlyEntry();
    assertThat(entry.get("channel").getAsString()).isEqualTo("segment");
    assertThat(entry.get("receivedAt").getAsString()).isEqualTo("2026-11-21T18:59:09Z");
    assertThat(entry.get("body").getAsString()).isEqualTo(body);
    assertThat(entry.get("bytes").getAsInt())
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
    assertThat(entry.get("duplicates").getAsInt()).isZero();
  }

  @Test
  void aCompressedBatchIsShownAsItWasBefore() throws Exception {
    String body = "{\"batch\":[{\"messageId\":\"1\"}]}";
    byte[] zipped = Client.gzip(body.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> response =
        client.post(zipped, "Authorization", Client.KEY, "Content-Encoding", "gzip");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(onlyEntry().get("body").getAsString()).isEqualTo(body);
    assertThat(onlyEntry().get("bytes").getAsInt()).isEqualTo(body.length());
  }

  @Test
  void messagesThatComeAgainAreCounted() throws Exception {
    client.batch("{\"batch\":[{\"messageId\":\"1\"},{\"messageId\":\"2\"},{}]}");
    client.batch("{\"batch\":[{\"messageId\":\"2\"},{\"messageId\":\"3\"},{}]}");
    JsonArray entries = JsonParser.parseString(client.received()).getAsJsonArray();
    assertThat(entries.get(0).getAsJsonObject().get("duplicates").getAsInt()).isZero();
    assertThat(entries.get(1).getAsJsonObject().get("duplicates").getAsInt()).isEqualTo(1);
  }

  @Test
  void withoutAWriteKeyNothingIsTaken() throws Exception {
    byte[] body = "{\"batch\":[]}".getBytes(StandardCharsets.UTF_8);
    String noUser =
        Base64.getEncoder().encodeToString(":password".getBytes(StandardCharsets.UTF_8));
    refused(401, "write key", client.post(body));
    refused(401, "write key", client.post(body, "Authorization", "Basic " + noUser));
    refused(401, "write key", client.post(body, "Authorization", "Basic ???"));
    refused(401, "write key", client.post(body, "Authorization", "Bearer x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"batch\":{}}",
        "{\"batch\":[1]}",
        "{batch:[]}",
        "{\"batch\":[]} x",
        "{\"batch\":[{}],}",
        "{\"batch\":[{\"n\":NaN}]}",
        "\u00ff"
      })
  void whatIsNoBatchIsRefused(String body) throws Exception {
    byte[] latin = body.getBytes(StandardCharsets.ISO_8859_1);
    refused(400, "", client.post(latin, "Authorization", Client.KEY));
  }

  @Test
  void damagedAndUnknownCompressionIsRefused() throws Exception {
    byte[] zipped = Client.gzip("{\"batch\":[]}".getBytes(StandardCharsets.UTF_8));
    byte[] half = java.util.Arrays.copyOf(zipped, zipped.length / 2);
    String[] gzip = {"Authorization", Client.KEY, "Content-Encoding", "gzip"};
    refused(400, "gzip", client.post(half, gzip));
    refused(400, "gzip", client.post(new byte[40], gzip));
    refused(415, "br", client.post(zipped, "Authorization", Client.KEY, "Content-Encoding", "br"));
  }

  @Test
  void aMessageOf32KbIsTakenAndALargerOneIsNot() throws Exception {
    assertThat(client.batch(batchOfOne(32 * 1024)).statusCode()).isEqualTo(200);
    refusedNow(400, "Message 1 has more than 32768 bytes", client.batch(batchOfOne(32 * 1024 + 1)));
    assertThat(receiver.entries()).hasSize(1);
  }

  @Test
  void aBatchOf500KbIsTakenAndALargerOneIsNotHoweverWellItIsCompressed() throws Exception {
    String most = "{\"batch\":[]" + " ".repeat(500 * 1024 - 12) + "}";
    assertThat(client.batch(most).statusCode()).isEqualTo(200);
    refusedNow(413, "512000", client.batch(most + " "));
    refusedNow(413, "512000", client.batch(most.repeat(20)));
    byte[] bomb = Client.gzip(new byte[64 << 20]);
    refusedNow(
        413, "512000", client.post(bomb, "Authorization", Client.KEY, "Content-Encoding", "gzip"));
    assertThat(receiver.entries()).hasSize(1);
  }

  @Test
  void otherPathsAndMethodsAreNotThere() throws Exception {
    refused(404, "/v1/nothing", client.send(client.request("/v1/nothing")));
    refused(404, "/v1/batch/", client.send(client.request("/v1/batch/")));
    HttpResponse<String> get = client.send(client.request("/v1/batch"));
    refused(405, "POST", get);
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    refused(405, "GET", client.send(client.request("/received").DELETE()));
    HttpResponse<String> head =
        client.send(
            client.request("/received").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(405);
  }

  @Test
  void itFailsWhenItIsToldToAndKeepsNothingThen() throws Exception {
    receiver.modified(TestConfig.NORMAL.answering("503", "7"));
    HttpResponse<String> response = client.batch("{\"batch\":[{\"messageId\":\"1\"}]}");
    refused(503, "org.candor.receiver.cfg", response);
    assertThat(response.headers().firstValue("Retry-After")).contains("7");

    receiver.modified(TestConfig.NORMAL.answering("204", ""));
    assertThat(client.batch("{\"batch\":[{\"messageId\":\"1\"}]}").statusCode()).isEqualTo(204);
    assertThat(onlyEntry().get("duplicates").getAsInt()).isZero();
  }

  @Test
  void aBadStatusIsRefusedAndTheLastGoodOneStays() throws Exception {
    receiver.modified(TestConfig.NORMAL.answering("429", ""));
    receiver.modified(TestConfig.NORMAL.answering("many", ""));
    assertThat(client.batch("{\"batch\":[]}").statusCode()).isEqualTo(429);
  }

  @Test
  void aSlowAnswerIsTakenAllTheSameAndHoldsNobodyElseUp() throws Exception {
    receiver.modified(TestConfig.NORMAL.delaying("60s"));
    HttpRequest.Builder impatient =
        client
            .request("/v1/batch")
            .timeout(Duration.ofMillis(300))
            .header("Authorization", Client.KEY)
            .POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[{\"messageId\":\"1\"}]}"));
    assertThatThrownBy(() -> client.send(impatient)).isInstanceOf(HttpTimeoutException.class);
    assertThat(onlyEntry().get("body").getAsString()).contains("messageId");
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

  private static String batchOfOne(int bytes) {
    String message = "{\"t\":\"\"}";
    String filled = "{\"t\":\"" + "x".repeat(bytes - message.length()) + "\"}";
    return "{\"batch\":[" + filled + "]}";
  }
}
