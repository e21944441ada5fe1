package org.candor.sink.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

  private final SentryResponses answers =
      new SentryResponses(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60:error:key | error=PT1M",
        "60:transaction:key, 2700:default;error;security:organization | default=PT45M error=PT45M",
        "60:error | error=PT1M",
        "60::organization | =PT1M",
        "60: :organization | =PT1M",
        "60:: | =PT1M",
        "60 | =PT1M",
        " 60 : error ; default : key | default=PT1M error=PT1M",
        "60:error:key:quota_exceeded:custom;x | error=PT1M",
        "0.25:error | error=PT0.25S",
        "1.0001:error | error=PT1.001S",
        "60:error,30:error | error=PT1M",
        "30:error,60:error | error=PT1M",
        "30::key,60:error | =PT30S error=PT1M",
        "86401:error | error=PT24H",
        "99999999999999999999999999999:error | error=PT24H",
        "60:transaction;attachment;Error: | ''",
        "60:; | ''",
        "0:error | ''",
        "soon:error, -5:default, 1e9:error, :error, , 7:default:key | default=PT7S",
        "0x10:error,60s:error,60.:error,.5:error,60 0:error,5:error | error=PT5S"
      })
  void theHeaderIsReadPartByPart(String header, String limits) {
    for (int status : List.of(200, 400, 429, 503)) {
      assertThat(text(answer(status, header, "300").limits())).isEqualTo(limits);
    }
  }

  @Test
  void theHeaderMayComeTwice() {
    assertThat(RateLimits.read(List.of("60:error:key", "30:error:key, 7:default:key")))
        .contains(
            Map.of(
                RateLimits.ERROR,
                Duration.ofMinutes(1),
                RateLimits.DEFAULT,
                Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "30, PT30S",
    "'Sat, 21 Nov 2026 12:00:30 GMT', PT30S",
    "999999, PT24H",
    "0, PT1M",
    "soon, PT1M",
    "'', PT1M",
    ", PT1M"
  })
  void withoutItTooManyRequestsLimitAll(String retryAfter, Duration limit) {
    Receipt receipt = answer(429, null, retryAfter);
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(receipt.limits()).isEqualTo(Map.of("", limit));
    assertThat(receipt.pause()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "soon", "-1:error", ",,"})
  void aHeaderWithoutAnyLimitIsNone(String header) {
    assertThat(answer(429, header, "30").limits()).isEqualTo(Map.of("", Duration.ofSeconds(30)));
    assertThat(answer(200, header, "30").limits()).isEmpty();
  }

  @Test
  void aLimitForOthersIsNoneForUsHoweverTheRestReads() {
    Receipt receipt = answer(429, "60:transaction:key", "60");
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(receipt.limits()).isEmpty();
    assertThat(receipt.pause()).isEmpty();
  }

  @Test
  void otherStatusesKeepTheirPause() {
    Receipt receipt = answer(503, "60:error:key", "30");
    assertThat(receipt.pause()).contains(Duration.ofSeconds(30));
    assertThat(receipt.limits()).isEqualTo(Map.of("error", Duration.ofMinutes(1)));
    assertThat(answer(503, null, "30"))
        .isEqualTo(Receipt.retry("HTTP 503").pausing(Duration.ofSeconds(30)));
    assertThat(answer(503, null, null)).isEqualTo(Receipt.retry("HTTP 503"));
  }

  private Receipt answer(int status, String limits, String retryAfter) {
    Map<String, List<String>> headers = new HashMap<>();
    if (limits != null) {
      headers.put("x-sentry-rate-limits", Arrays.asList(limits));
    }
    if (retryAfter != null) {
      headers.put("retry-after", List.of(retryAfter));
    }
    return answers.of(new HttpAnswer(status, headers, Bytes.empty()));
  }

  private static String text(Map<String, Duration> limits) {
    return new TreeMap<>(limits).toString().replaceAll("[{},]", "");
  }
}
