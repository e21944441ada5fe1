package org.candor.format.dns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.format.dns.QueryName;
import org.candor.format.dns.answer.Replies;
import org.candor.format.dns.answer.UpgradeAnswerReader;
import org.candor.format.dns.answer.VerifyKey;
import org.candor.format.dns.vendor.ReleasesReader;
import org.candor.format.dns.vendor.SigningKey;
import org.candor.format.dns.vendor.Zone;
import org.candor.format.dns.vendor.ZoneFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What a server that serves a zone file of ours must answer; each server has a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedZone {

  static final String ZONE = "upgrade.example.com";

  private static final String CLUSTER = "00112233445566778899aabbccddeeff";
  private static final String NODE = "ffeeddccbbaa99887766554433221100";

  // Not more than the zone takes: "x" for 100 characters of product and version, 200 of link.
  private static final String LONG =
      "1.5.0-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
          + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";
  private static final String URL = "https://example.com/" + "x".repeat(180);

  private static final String RELEASES =
      """
      {"product": "%s", "newest": "2.0.0", "url": "%s",
       "releases": {"1.2.3": "recommended", "1.0.0": "required", "2.0.0": "ok", "%s": "ok",
                    "1.0.0 \\"ü;": "required"}}
      """
          .formatted("x".repeat(100), URL, LONG);

  private NameServer server;
  private UpgradeAnswerReader reader;

  abstract NameServer start(Path directory) throws IOException;

  final NameServer server() {
    return server;
  }

  @BeforeAll
  final void serve(@TempDir Path directory) throws Exception {
    Path releases = Files.writeString(directory.resolve("releases.json"), RELEASES);
    Path key = directory.resolve("key.pem");
    VerifyKey publicKey = VerifyKey.of(SigningKey.create(key));
    Files.writeString(
        directory.resolve("zone"),
        ZoneFile.write(
            Zone.of(ZONE, List.of()),
            ReleasesReader.read(releases),
            SigningKey.read(key),
            Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    reader = new UpgradeAnswerReader(Optional.of(publicKey), Clock.systemUTC());
    server = start(directory);
  }

  @AfterAll
  final void stop() {
    if (server != null) {
      server.close();
    }
  }

  static QueryName question(String version) {
    return new QueryName(CLUSTER, NODE, version, "v1.29.4-eks-036c24b", "eks");
  }

  private UpgradeAnswer answer(String name) throws Exception {
    List<List<String>> records = new ArrayList<>();
    for (Record record : server.txt(name + "." + ZONE)) {
      records.add(
          ((TXTRecord) record)
              .getStringsAsByteArrays().stream()
                  .map(string -> new String(string, StandardCharsets.UTF_8))
                  .toList());
    }
    return reader.read(name, "", Replies.ofStrings(records)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, RECOMMENDED",
    "1.0.0, REQUIRED",
    "2.0.0, OK",
    LONG + ", OK",
    "'1.0.0 \"ü;', REQUIRED",
    // Not listed: older, a pre-release, newer, and not to be compared.
    "1.1.9, RECOMMENDED",
    "2.0.0-rc.1, RECOMMENDED",
    "2.0.1, OK",
    "'', UNKNOWN",
  })
  void answersForEachVersion(String version, Severity severity) throws Exception {
    QueryName withoutKubernetes = new QueryName(CLUSTER, NODE, version, "", "");
    for (QueryName question : List.of(question(version), withoutKubernetes)) {
      UpgradeAnswer answer = answer(question.encode());

      assertThat(answer.severity()).isEqualTo(severity);
      assertThat(answer.running()).isEqualTo(version);
      assertThat(answer.newest()).isEqualTo("2.0.0");
      assertThat(answer.link()).contains(URI.create(URL));
      assertThat(answer.signed()).isTrue();
    }
  }

  @Test
  void answersEverybodysQuestion() throws Exception {
    assertThat(answer(QueryName.ANY.encode()).newest()).isEqualTo("2.0.0");
  }

  @Test
  void answersInAnyCase() throws Exception {
    String name = question("1.0.0").encode().toUpperCase(Locale.ROOT) + "." + ZONE;

    assertThat(server.txt(name)).hasSize(1);
  }

  @Test
  void answersTheLongestNamesThatThereAre() throws Exception {
    String longest = "x".repeat(200);
    String name = new QueryName(CLUSTER, NODE, longest, longest, longest).encode();

    assertThat(server.txt(name + "." + ZONE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "1.1.9", LONG})
  void allNamesOnTheWayExist(String version) throws Exception {
    String name = question(version).encode() + "." + ZONE;
    for (int dot = name.indexOf('.'); name.length() > ZONE.length(); dot = name.indexOf('.')) {
      name = name.substring(dot + 1);
      for (int type : new int[] {Type.A, Type.NS, Type.TXT}) {
        assertThat(server.ask(name, type).getRcode()).as(name).isEqualTo(Rcode.NOERROR);
      }
    }
  }
}
