package org.candor.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "intervall, interval",
    "enabeld, enabled",
    "max-bytes, maxBytes",
    "writekye, writeKey",
    "sink.dsn, sink.dns",
    "usge, usage",
  })
  void aSlipIsSeen(String typed, String meant) {
    List<String> names =
        List.of("interval", "enabled", "maxBytes", "maxAge", "writeKey", "sink.dns", "usage");
    assertThat(NearestName.of(typed, names)).contains(meant);
  }

  @Test
  void anotherWordIsNoSlip() {
    List<String> names = List.of("usage", "errors", "grace", "id");
    assertThat(NearestName.of("everything", names)).isEmpty();
    assertThat(NearestName.of("garage", names)).as("two slips in six letters").contains("grace");
    assertThat(NearestName.of("mirrors", names))
        .as("two slips in seven letters")
        .contains("errors");
    assertThat(NearestName.of("if", names)).as("half of two letters").isEmpty();
  }
}
