package org.candor.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Setting<Duration> INTERVAL =
      Setting.duration("interval", Duration.ofSeconds(1), Duration.ofDays(30));

  private final List<String> refused = new ArrayList<>();
  private final Settings settings = new Settings("etc/org.candor.channel-x.cfg", refused::add);

  @Test
  void aBadValueIsRefusedByNameAndTheLastGoodOneStays() {
    assertThat(settings.read(INTERVAL, " 1h ")).contains(Duration.ofHours(1));
    assertThat(settings.read(INTERVAL, "soon")).contains(Duration.ofHours(1));
    assertThat(refused)
        .containsExactly(
            "etc/org.candor.channel-x.cfg: interval = soon is refused; allowed is a number with ms,"
                + " s, m, h or d, from 1s to 30d. It stays 1h.");
  }

  @Test
  void theSameBadValueIsNamedOnceUntilItChanges() {
    settings.read(INTERVAL, "soon");
    settings.read(INTERVAL, "soon");
    settings.read(INTERVAL, "later");
    settings.read(INTERVAL, "1m");
    settings.read(INTERVAL, "later");
    assertThat(refused).hasSize(3);
  }

  @Test
  void withoutAnEarlierValueThereIsNone() {
    assertThat(settings.read(Setting.flag("enabled"), "perhaps")).isEmpty();
    assertThat(refused.get(0)).contains("enabled = perhaps", "false or true", "no earlier value");
  }

  @Test
  void anEmptyValueThatStaysIsCalledSo() {
    Setting<String> nothing =
        new Setting<>(
            "key",
            "nothing",
            text -> {
              if (!text.isEmpty()) {
                throw new IllegalArgumentException(text);
              }
              return text;
            });
    settings.read(nothing, "");
    assertThat(settings.read(nothing, "something")).contains("");
    assertThat(refused.get(0)).endsWith(" It stays empty.");
  }

  @Test
  void aRefusedValueShowsNoControlCharacters() {
    settings.read(Setting.flag("enabled"), "a\u0000b\u001b[2Jc\nd\u009be");
    assertThat(refused.get(0)).contains("enabled = a?b?[2Jc?d?e is refused");
    settings.read(Setting.text("name"), "a\u0007b");
    settings.read(Setting.flag("name"), "c");
    assertThat(refused.get(1)).endsWith("It stays a?b.");
    settings.read(Setting.flag("name"), "https://KEY\n@host/");
    assertThat(refused.get(2)).contains("https://***@host/").doesNotContain("KEY");
  }

  @Test
  void aRefusedUrlDoesNotShowItsPassword() {
    settings.read(Setting.uri("endpoint", "https"), "https://user:secret@host/");
    assertThat(refused.get(0)).contains("https://***@host/").doesNotContain("secret");
    Setting<String> noTwo =
        new Setting<>(
            "noTwo",
            "no 2",
            text -> {
              if (text.endsWith("2")) {
                throw new IllegalArgumentException(text);
              }
              return text;
            });
    settings.read(noTwo, "https://KEY:p@ss/w@host/1");
    settings.read(noTwo, "user:s3cret@host/2");
    assertThat(refused.get(1))
        .contains("***@host/2", "It stays https://***@host/1.")
        .doesNotContain("KEY", "p@ss", "s3cret");
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "90s,PT1M30S", "10m,PT10M", "24H,P1D", "7d,P7D", "1 h,PT1H"})
  void durations(String text, Duration expected) {
    Duration most = Duration.ofDays(365);
    assertThat(settings.read(Setting.duration("d", Duration.ZERO, most), text)).contains(expected);
  }

  @Test
  void zeroNeedsNoUnit() {
    assertThat(settings.read(Setting.duration("grace", Duration.ZERO, Duration.ofDays(1)), "0"))
        .contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1h", "1w", "999999999999999d", "0s", "31d"})
  void notDurations(String text) {
    assertThat(settings.read(INTERVAL, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"50m,52428800", "1024,1024", "1K,1024", "2gb,2147483648"})
  void bytes(String text, long expected) {
    assertThat(settings.read(Setting.bytes("maxBytes", 1), text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"htp://x", "https:///v1", "//x", "https://h h", "https://a:b@c/", ""})
  void notUris(String text) {
    assertThat(settings.read(Setting.uri("endpoint", "http", "https"), text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "65536"})
  void aPortThatDoesNotExistIsRefusedByName(String port) {
    Setting<URI> endpoint = Setting.uri("endpoint", "http");
    assertThat(settings.read(endpoint, "http://localhost:" + port)).isEmpty();
    assertThat(refused.get(0))
        .contains("endpoint = http://localhost:" + port, "a port from 1 to 65535");
    assertThat(settings.read(endpoint, "http://localhost:1")).isPresent();
    assertThat(settings.read(endpoint, "http://localhost:65535")).isPresent();
  }

  @Test
  void uris() {
    assertThat(settings.read(Setting.uri("endpoint", "http", "https"), "http://127.0.0.1:1/x"))
        .contains(URI.create("http://127.0.0.1:1/x"));
  }

  @Test
  void whatIsRefusedIsAProblemUntilItIsMended() {
    settings.read(INTERVAL, "1h");
    settings.read(INTERVAL, "so\u001bon");
    settings.read(Setting.flag("enabled"), "perhaps");
    assertThat(settings.problems())
        .extracting(ConfigurationProblem::toString)
        .containsExactly(
            "etc/org.candor.channel-x.cfg: enabled = perhaps: allowed is false or true. There is no"
                + " earlier value to keep.",
            "etc/org.candor.channel-x.cfg: interval = so?on: allowed is a number with ms, s, m, h"
                + " or d, from 1s to 30d. It stays 1h.");
    settings.read(INTERVAL, "2h");
    settings.accept("enabled");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void aProblemShowsNoSecret() {
    for (String key : List.of("writeKey", "dsn", "password", "api-token", "client.secret", "key")) {
      settings.read(Setting.text(key), "s3cret-0");
      settings.read(Setting.flag(key), "s3cret-1");
    }
    settings.read(Setting.flag("tokenFile"), "/run/token");
    settings.read(Setting.uri("endpoint", "https"), "https://user:s3cret-2@host/");
    assertThat(settings.problems().toString())
        .doesNotContain("s3cret")
        .contains("/run/token", "dsn = ***", "https://***@host/", "The earlier value stays.");
  }

  @Test
  void aValueThatTurnsOutToBeOfNoUseStaysAProblemUntilThereIsAnother() {
    Setting<String> file = Setting.text("caFile");
    settings.read(file, "/no/such");
    for (int i = 0; i < 2; i++) {
      settings.refuse("caFile", "/no/such", "a PEM file", "It stays empty.");
      settings.read(file, "/no/such");
    }
    assertThat(refused)
        .containsExactly(
            "etc/org.candor.channel-x.cfg: caFile = /no/such is refused; allowed is a PEM file. It"
                + " stays empty.");
    assertThat(settings.problems()).hasSize(1);
    settings.read(file, "/another");
    assertThat(settings.problems()).isEmpty();
  }
}
