package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.EntryProof;
import org.candor.control.Journal.Head;
import org.candor.control.NotedHead;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code bin/check-journal} proves with nothing of ours, in each shell that is there. */
class CheckJournalTest {

  private static final Path SCRIPT =
      Path.of("../../karaf-assembly/src/main/distribution/bin/check-journal");
  private static final int BROKEN = 1;
  private static final int UNKNOWN = 2;

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private StoreFixture store;
  private ChainedJournal journal;
  private List<String> shell = List.of();

  static Stream<List<String>> shells() {
    return Stream.of(List.of("sh"), List.of("dash"), List.of("busybox", "sh"))
        .filter(
            command ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.get(0)))));
  }

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    journal = new ChainedJournal(store.store(), clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aNotedHeadIsProvedThoughAllItsEntriesWent(List<String> command) throws Exception {
    shell = command;
    store.maxBytes("1m");
    for (int i = 0; i < 5; i++) {
      appendWeb(i);
    }
    Head noted = journal.verify().head();
    for (int i = 5; i < 60; i++) {
      appendWeb(i);
    }
    append("it's the last 100% \\n");
    Head head = journal.verify().head();
    List<String> lines = exported();
    assertThat(lines.get(0)).startsWith("{\"number\":1,\"kind\":\"pruned\",\"to\":5,");
    proves(lines, noted, "continues: the first 5 entries are those of the noted head", "intact");
    proves(lines, head, "head: " + head.text(), "continues: the first 61 entries");
    fails(BROKEN, lines, new Head(5, "a".repeat(64)).text(), "broken: the first 5 entries");
    fails(BROKEN, lines, new Head(62, head.digest()).text(), "broken: there are fewer entries");
    fails(UNKNOWN, lines, new Head(3, noted.digest()).text(), "nobody had noted it");
    List<String> changed = new ArrayList<>(lines);
    changed.set(0, swapped(lines.get(0)));
    fails(BROKEN, changed, noted.text(), "broken: ");
    fails(BROKEN, List.of(), noted.text(), "the file is empty");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void anEntryIsProvedAlone(List<String> command) throws Exception {
    shell = command;
    for (int i = 0; i < 7; i++) {
      append("r" + i);
    }
    Head noted = journal.verify().head();
    append("r7");
    for (int i = 0; i < 8; i++) {
      Optional<NotedHead> since = i < 7 ? NotedHead.of(noted.text()) : Optional.empty();
      EntryProof proof = journal.prove("r" + i, since).orElseThrow();
      List<String> lines = List.of(proof.entry().utf8(), proof.line());
      proves(lines, proof.head(), "proved: entry " + (i + 1), "it is the noted head");
      List<String> other = List.of(lines.get(0).replace("\"200\"", "\"500\""), lines.get(1));
      fails(BROKEN, other, noted.text(), "the path does not lead to the root");
    }
  }

  /** The same with another digit in the first hash. */
  private static String swapped(String line) {
    int first = line.indexOf("[\"") + 2;
    char digit = line.charAt(first) == '0' ? '1' : '0';
    return line.substring(0, first) + digit + line.substring(first + 1);
  }

  private void proves(List<String> lines, Head head, String... said) throws Exception {
    assertThat(run(lines, head.text(), 0)).contains(said);
  }

  private void fails(int exit, List<String> lines, String head, String said) throws Exception {
    assertThat(run(lines, head, exit)).contains(said).doesNotContain("intact", "proved");
  }

  private String run(List<String> lines, String head, int exit) throws Exception {
    Path file = directory.resolve("export");
    Files.write(file, lines, StandardCharsets.UTF_8);
    Path output = directory.resolve("output");
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(SCRIPT.toString(), "--since", head, file.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isEqualTo(exit);
    return said;
  }

  private List<String> exported() throws IOException {
    List<String> lines = new ArrayList<>();
    journal.export(line -> lines.add(line.utf8()));
    return lines;
  }

  private void appendWeb(int i) throws IOException {
    List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(9).toList();
    journal.append(record("w" + i, ids).ofWebEvents(), Optional.empty());
  }

  private void append(String id) throws IOException {
    journal.append(record(id, List.of(id)), Optional.empty());
  }

  private JournalRecord record(String id, List<String> messages) {
    return new JournalRecord(
        id,
        clock.instant(),
        "segment",
        Purpose.USAGE,
        "default",
        0,
        Bytes.empty().sha256(),
        "https://api.segment.io",
        Outcome.DELIVERED,
        "200",
        messages);
  }
}
