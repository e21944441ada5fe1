package org.candor.format.dns.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.candor.format.dns.answer.Urgency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneFileTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String LONG = "1.5.0-" + "x".repeat(90);

  @TempDir private static Path directory;
  private static SigningKey key;

  @BeforeEach
  void key() throws VendorException {
    if (key == null) {
      SigningKey.create(directory.resolve("key.pem"));
      key = SigningKey.read(directory.resolve("key.pem"));
    }
  }

  @Test
  void isTheSameForTheSameTimeAndHasALargerSerialLater() throws VendorException {
    Releases releases = releases("https://example.com/", Map.of("1.0.0", Urgency.REQUIRED));

    assertThat(write(releases, NOW)).isEqualTo(write(releases, NOW.plusMillis(500)));
    assertThat(write(releases, NOW)).contains(" 1795348800 3600 ");
    assertThat(write(releases, NOW.plusSeconds(1))).contains(" 1795348801 3600 ");
  }

  @Test
  void namesEachVersionOnceByItselfAndOnceForAllBelow() throws VendorException {
    assertThat(write(releases("", Map.of("1.0.0", Urgency.REQUIRED)), NOW).lines())
        .filteredOn(line -> line.contains("TXT"))
        .extracting(line -> line.replaceFirst("issued=.*", ""))
        .containsExactly(
            "v1 IN TXT \"candor=1 product=p version=* severity=recommended newest=2.0.0 ",
            "*.v1 IN TXT \"candor=1 product=p version=* severity=recommended newest=2.0.0 ",
            "p64n30bhg.v1 IN TXT \"candor=1 product=p version=1.0.0 severity=required newest=2.0.0 ",
            "*.p64n30bhg.v1 IN TXT \"candor=1 product=p version=1.0.0 severity=required newest=2.0.0 ");
  }

  @Test
  void isAsciiInStringsOf255WhateverTheReleases() throws VendorException {
    String file =
        write(
            releases(
                "https://example.com/?a='%22;$x*(y)#z",
                Map.of("1 \";\\$(@ü", Urgency.OK, LONG, Urgency.OK)),
            NOW);

    assertThat(file).matches("[ -~\n]+").doesNotContain("\\");
    assertThat(file.lines().filter(line -> line.contains("TXT")))
        .allMatch(line -> line.matches("\\S+ IN TXT( \"[^\"]{1,255}\")+"));
  }

  @Test
  void refusesAnAnswerThatWouldNotFitIntoOnePacket() {
    Releases releases = releases("", Map.of("1" + "ü".repeat(99), Urgency.OK));

    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> write(releases, NOW))
        .withMessageStartingWith("The answer for 1üü")
        .withMessageContaining("at most 800 fit into one packet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", "-a.com", "a b", "ü.com", "a.com;", "\"", "*.com", "$a"})
  void refusesWhatIsNoZone(String zone) {
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> Zone.of(zone, List.of()))
        .withMessageStartingWith("--zone " + zone + " is refused; allowed is a domain name");
  }

  @Test
  void refusesAZoneThatLeavesNoRoomForNames() throws VendorException {
    String longest = "x.".repeat(49) + "x";

    assertThat(Zone.of(longest.toUpperCase(java.util.Locale.ROOT) + ".", List.of()).name())
        .isEqualTo(longest);
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> Zone.of(longest + "x", List.of()));
  }

  @Test
  void refusesNameServersWithoutAnAddress() throws VendorException {
    assertThat(Zone.of("up.e.com", List.of("NS1.e.com.", "ns2.e.net")).nameServers())
        .containsExactly("ns1.e.com.", "ns2.e.net.");
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> Zone.of("up.e.com", List.of("ns.up.e.com")))
        .withMessage(
            "--name-server ns.up.e.com is refused; allowed is a domain name outside of up.e.com.");
  }

  private static Releases releases(String url, Map<String, Urgency> releases) {
    return new Releases("p", "2.0.0", url, Duration.ofDays(90), releases);
  }

  private static String write(Releases releases, Instant now) throws VendorException {
    return ZoneFile.write(Zone.of("up.example.com", List.of()), releases, key, now);
  }
}
