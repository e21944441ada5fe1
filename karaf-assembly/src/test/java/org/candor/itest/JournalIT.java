package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The record of what left and of what was answered, checked with nothing but a shell, awk and
 * sha256sum.
 */
class JournalIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final int BROKEN = 1;

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    for (int i = 0; i < 4; i++) {
      segment.send();
    }
    segment.awaitDelivery();
  }

  @AfterEach
  void close() throws Exception {
    segment.close();
  }

  @Test
  void anExportIsCheckedByAScriptThatUsesNothingOfOurs() throws Exception {
    List<String> lines = karaf.run("telemetry:sent --export").out().lines().toList();
    JsonObject verification = karaf.run("telemetry:sent --verify --json").object();
    JsonObject head = verification.getAsJsonObject("head");
    String digest = head.get("digest").getAsString();
    assertThat(verification.get("entries").getAsLong()).isEqualTo(lines.size());
    JsonObject last = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    assertThat(last.get("number").getAsLong()).isEqualTo(head.get("number").getAsLong());
    assertThat(last.keySet())
        .contains("at", "channel", "purpose", "allowedBy", "bytes", "digest", "endpoint", "answer");
    assertThat(String.join("\n", lines)).doesNotContain("key-of-the-tests");

    String noted = lines.size() + "-" + digest;
    Answer intact = check(lines, noted);
    assertThat(intact.exit()).as(intact.text()).isZero();
    assertThat(intact.out())
        .contains("entries: " + lines.size(), "head: " + noted, "continues: the first ", "intact");
    assertThat(karaf.run("telemetry:sent --verify --json --since " + noted).object().get("since"))
        .hasToString("\"continues\"");

    Answer proof = karaf.run("telemetry:sent --proof " + last.get("id").getAsString());
    Answer proved = check(proof.out().lines().toList(), noted);
    assertThat(proved.exit()).as(proved.text()).isZero();
    assertThat(proved.out()).contains("proved: entry " + lines.size(), "it is the noted head");

    int middle = lines.size() - 2;
    List<String> changed = new ArrayList<>(lines);
    changed.set(middle - 1, lines.get(middle - 1).replace("\"usage\"", "\"errors\""));
    assertBroken(changed, "line " + middle + ":");

    List<String> removed = new ArrayList<>(lines);
    removed.remove(middle - 1);
    assertBroken(removed, "line " + middle + ":");

    List<String> swapped = new ArrayList<>(lines);
    Collections.swap(swapped, middle - 1, middle);
    assertBroken(swapped, "line " + middle + ":");

    List<String> cutOff = lines.subList(0, lines.size() - 1);
    assertThat(check(cutOff).exit()).isZero();
    Answer missed = check(cutOff, noted);
    assertThat(missed.exit()).isEqualTo(BROKEN);
    assertThat(missed.out()).contains("there are fewer entries than when the head was noted");
    assertBroken(lines.subList(2, lines.size()), "line 1:");
  }

  @Test
  void entriesOfBothKindsAndOfEarlierBuildsAreCheckedInOneChain() throws Exception {
    String change =
        "\"kind\":\"consent\",\"id\":\"d-1\",\"at\":\"2026-11-30T12:00:00Z\","
            + "\"purpose\":\"usage\",\"channel\":null,\"from\":\"unset\",\"to\":\"denial\","
            + "\"way\":\"shell\",\"by\":\"karaf\",\"address\":\"127.0.0.1\"";
    String ofAChannel =
        change.replace("\"usage\"", "null").replace(":null,\"from", ":\"dns\",\"from");
    String attempt = "\"kind\":\"attempt\",\"id\":\"p-2\",\"channel\":\"segment\"";
    List<String> lines =
        chain("\"id\":\"p-1\",\"channel\":\"segment\"", change, attempt, ofAChannel, attempt);
    Answer intact = check(lines, sha256(lines.get(1)));
    assertThat(intact.exit()).as(intact.text()).isZero();
    assertThat(intact.out()).contains("entries: 5", "the noted head is entry 2", "intact");

    List<String> changed = new ArrayList<>(lines);
    changed.set(1, lines.get(1).replace("denial", "grant"));
    assertBroken(changed, "line 2:");
    List<String> removed = new ArrayList<>(lines);
    removed.remove(3);
    assertBroken(removed, "line 4:");
    assertBroken(chain(change, attempt.replace("attempt", "other")), "line 2: it is no entry");
  }

  private static List<String> chain(String... entries) throws Exception {
    List<String> lines = new ArrayList<>();
    String previous = "0".repeat(64);
    for (String entry : entries) {
      String line =
          "{\"number\":" + (lines.size() + 1) + "," + entry + ",\"previous\":\"" + previous + "\"}";
      lines.add(line);
      previous = sha256(line);
    }
    return lines;
  }

  private static String sha256(String line) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void eachEntryNamesItsKindAndAttemptsAreListedAlone() throws Exception {
    List<String> lines = karaf.run("telemetry:sent --export").out().lines().toList();
    assertThat(lines)
        .allMatch(line -> line.matches("\\{\"number\":\\d+,\"kind\":\"(attempt|consent)\",.*"));
    JsonObject all = karaf.run("telemetry:sent --all --json --count 10000").object();
    JsonObject attempts = karaf.run("telemetry:sent --json --count 10000").object();
    JsonObject history = karaf.run("telemetry:consent --history --json").object();
    int changes = history.getAsJsonArray("changes").size();
    assertThat(all.get("total").getAsInt()).isEqualTo(lines.size());
    assertThat(all.getAsJsonArray("entries")).hasSize(lines.size());
    assertThat(attempts.get("total").getAsInt()).isEqualTo(lines.size() - changes);
    assertThat(attempts.getAsJsonArray("entries"))
        .hasSize(lines.size() - changes)
        .allMatch(entry -> entry.getAsJsonObject().get("kind").getAsString().equals("attempt"));
  }

  @Test
  void theExportComesThroughBinClientAsItIs() throws Exception {
    Process client =
        new ProcessBuilder(
                "sh",
                "-c",
                "bin/client -u karaf -p karaf 'telemetry:sent --export' > data/tmp/journal.jsonl")
            .directory(karaf.base().toFile())
            .redirectErrorStream(true)
            .redirectOutput(karaf.base().resolve("data/tmp/export.out").toFile())
            .start();
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Path exported = karaf.base().resolve("data/tmp/journal.jsonl");
    assertThat(Files.readString(exported)).isEqualTo(karaf.run("telemetry:sent --export").out());
    Answer answer = run(exported.toString());
    assertThat(answer.exit()).as(answer.text()).isZero();
  }

  private void assertBroken(List<String> lines, String where) throws Exception {
    Answer answer = check(lines);
    assertThat(answer.exit()).as(answer.text()).isEqualTo(BROKEN);
    assertThat(answer.out()).contains("broken: " + where).doesNotContain("intact");
  }

  private Answer check(List<String> lines, String... noted) throws Exception {
    Path file = karaf.base().resolve("data/tmp/checked.jsonl");
    Files.writeString(file, String.join("\n", lines) + "\n");
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(List.of(noted));
    return run(arguments.toArray(String[]::new));
  }

  private Answer run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(karaf.base().resolve("bin/check-journal").toString());
    command.addAll(List.of(arguments));
    Path output = karaf.base().resolve("data/tmp/check.out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Answer(process.exitValue(), Files.readString(output), "");
  }
}
