package org.candor.control.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

  private record Inner(String text, Optional<Instant> at, Optional<String> nothing) {}

  private record Outer(
      long count, double share, boolean flag, Purpose purpose, Duration time, List<Inner> list) {}

  private record Empty() {}

  @Test
  void recordsBecomeObjectsAndWordsTheirLabels() {
    Outer outer =
        new Outer(
            7,
            0.5,
            true,
            Purpose.VERSION_CHECK,
            Duration.ofSeconds(90),
            List.of(new Inner("a", Optional.of(Instant.EPOCH), Optional.empty())));
    assertThat(new JsonDocument(outer))
        .hasToString(
            "{\"count\":7,\"share\":0.5,\"flag\":true,\"purpose\":\"version-check\","
                + "\"time\":\"PT1M30S\",\"list\":[{\"text\":\"a\",\"at\":\"1970-01-01T00:00:00Z\","
                + "\"nothing\":null}]}");
  }

  @Test
  void whatIsEmptyIsEmpty() {
    assertThat(new JsonDocument(List.of())).hasToString("[]");
    assertThat(new JsonDocument(Map.of())).hasToString("{}");
    assertThat(new JsonDocument(new Empty())).hasToString("{}");
  }

  @Test
  void mapsKeepTheirOrder() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put(Purpose.USAGE, List.of(1, 2));
    assertThat(new JsonDocument(map)).hasToString("{\"z\":1,\"usage\":[1,2]}");
  }

  @Test
  void whatTextMustNotHoldIsEscaped() {
    assertThat(new JsonDocument("\"\\/\b\t\n\u000b\f\r\u0000\u001b\u2028<é😀"))
        .hasToString("\"\\\"\\\\/\\b\\t\\n\\u000b\\f\\r\\u0000\\u001b\\u2028<é😀\"");
    assertThat(new JsonDocument("a\ud800b\udc00")).hasToString("\"a\\ud800b\\udc00\"");
  }
}
