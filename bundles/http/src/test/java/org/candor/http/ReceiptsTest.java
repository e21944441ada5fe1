package org.candor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {

  private final Receipts receipts =
      new Receipts(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED",
    "202, DELIVERED",
    "204, DELIVERED",
    "299, DELIVERED",
    "101, RETRY",
    "301, RETRY",
    "302, RETRY",
    "308, RETRY",
    "400, REFUSED",
    "401, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "407, REFUSED",
    "408, RETRY",
    "410, REFUSED",
    "413, REFUSED",
    "422, REFUSED",
    "425, REFUSED",
    "429, RETRY",
    "499, REFUSED",
    "500, RETRY",
    "501, RETRY",
    "502, RETRY",
    "503, RETRY",
    "504, RETRY",
    "599, RETRY",
    "999, RETRY"
  })
  void theStatusDecides(int status, Outcome outcome) {
    assertThat(receipts.of(answer(status, Map.of(), "")).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | PT1S",
        " 120 | PT2M",
        "86400 | PT24H",
        "86401 | PT24H",
        "99999999999999999999999999 | PT24H",
        "Sat, 21 Nov 2026 12:00:30 GMT | PT30S",
        "Mon, 23 Nov 2026 12:00:00 GMT | PT24H",
        "Saturday, 21-Nov-26 12:00:30 GMT | PT30S",
        "Sat Nov 21 12:00:30 2026 | PT30S",
        "Tue Dec  1 12:00:30 2026 | PT24H"
      })
  void aPauseIsAskedForInSecondsOrByDate(String value, Duration pause) {
    for (int status : List.of(302, 408, 429, 500, 503)) {
      HttpAnswer answer = answer(status, Map.of("retry-after", List.of(value)), "");
      assertThat(receipts.of(answer).pause()).contains(pause);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-5",
        "1.5",
        "soon",
        "60s",
        "Sat, 21 Nov 2026 11:59:00 GMT",
        "Sat Nov 21 11:59:00 2026",
        "Saturday, 21-Nov-94 12:00:30 GMT",
        "Mon, 21 Nov 2026 12:00:30 GMT",
        "Sat, 31 Nov 2026 12:00:30 GMT"
      })
  void whatIsNoPauseIsIgnored(String value) {
    HttpAnswer answer = answer(503, Map.of("retry-after", List.of(value)), "");
    assertThat(receipts.of(answer)).isEqualTo(Receipt.retry("HTTP 503"));
  }

  @Test
  void whatIsSettledNeedsNoPause() {
    Map<String, List<String>> headers = Map.of("retry-after", List.of("60"));
    assertThat(receipts.of(answer(200, headers, "")).pause()).isEmpty();
    assertThat(receipts.of(answer(400, headers, "")).pause()).isEmpty();
  }

  @Test
  void theAnswerIsShownInOneLineWithoutControlCharacters() {
    String body = "{\"message\":\r\n\t\"\u001b[31mtoo large\u0000\u202e\"}\n";
    assertThat(receipts.of(answer(413, Map.of(), body)).answer())
        .isEqualTo("HTTP 413: {\"message\": \" [31mtoo large \"}");
  }

  @Test
  void aLongAnswerIsShortenedBetweenCharacters() {
    String shown = receipts.of(answer(400, Map.of(), "x" + "😀".repeat(1000))).answer();
    assertThat(shown).startsWith("HTTP 400: x😀").endsWith("😀…");
    assertThat(shown.substring("HTTP 400: ".length())).hasSizeBetween(498, 500);
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:secret@new.example:8443/v1?token=secret#x, ' to https://new.example:8443/v1'",
    "/login, ' to /login'",
    "'', ''",
    "'http://not a place', ''"
  })
  void aRedirectSaysWhereToWithoutCredentials(String location, String to) {
    HttpAnswer answer = answer(302, Map.of("location", List.of(location)), "<html>");
    assertThat(receipts.of(answer).answer())
        .isEqualTo(
            "HTTP 302: a redirect"
                + to
                + ", which is not followed; correct the endpoint if it has moved");
  }

  @Test
  void withoutAnAnswerItIsTriedAgain() {
    assertThat(receipts.of(new ConnectException("127.0.0.1:15706 refused the connection")))
        .isEqualTo(Receipt.retry("127.0.0.1:15706 refused the connection"));
    assertThat(receipts.of(new IOException())).isEqualTo(Receipt.retry("IOException"));
  }

  private static HttpAnswer answer(int status, Map<String, List<String>> headers, String body) {
    return new HttpAnswer(status, headers, Bytes.utf8(body));
  }
}
