package org.candor.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeTimeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T18:59:09Z");

  private final RelativeTime time = new RelativeTime(Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "PT0.4S,now",
    "PT-0.4S,now",
    "PT59.9S,in 59 s",
    "PT12M30S,in 12 min",
    "PT-3H-59M,3 h ago",
    "PT47H,in 47 h",
    "PT-72H,3 d ago"
  })
  void moments(Duration ahead, String expected) {
    assertThat(time.of(NOW.plus(ahead))).isEqualTo(expected);
  }

  @Test
  void noMoment() {
    assertThat(time.of(Optional.empty(), "never")).isEqualTo("never");
  }
}
