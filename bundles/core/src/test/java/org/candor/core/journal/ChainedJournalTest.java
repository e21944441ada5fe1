package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Forgotten;
import org.candor.control.Journal;
import org.candor.control.Journal.Continuity;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.NotedHead;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.merkle.ReferenceTree;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainedJournalTest {

  private static final ConsentChange DENIAL =
      new ConsentChange(
          "11111111-2222-4333-8444-555555555555",
          Instant.parse("2026-11-30T12:00:00.5Z"),
          Optional.of(Purpose.USAGE),
          Optional.empty(),
          ConsentState.UNSET,
          ConsentState.DENIAL,
          Way.SHELL,
          "kåraf",
          "127.0.0.1");
  private static final ConsentChange OF_A_CHANNEL =
      new ConsentChange(
          "22222222-2222-4333-8444-555555555555",
          Instant.parse("2026-11-30T12:01:00Z"),
          Optional.empty(),
          Optional.of("sentry-crash"),
          ConsentState.DENIAL,
          ConsentState.GRANT,
          new Way("cluster-spec"),
          "",
          "");

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private StoreFixture store;
  private ChainedJournal journal;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    journal = new ChainedJournal(store.store(), clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void eachEntryNamesTheDigestOfTheOneBefore() throws IOException {
    append("one");
    append("two");
    List<JournalEntry> entries = journal.entries(10);
    assertThat(entries).extracting(JournalEntry::id).containsExactly("one", "two");
    assertThat(entries.get(0).previous()).isEqualTo("0".repeat(64));
    assertThat(entries.get(1).previous())
        .isEqualTo(
            Bytes.copyOf(LineCodec.encode(new ChainLink(1, record("one"), "0".repeat(64))))
                .sha256());
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().entries()).isEqualTo(2);
  }

  @Test
  void anEndThatIsMissingShowsForGood() throws IOException {
    for (int i = 1; i <= 30; i++) {
      append("entry-" + i);
    }
    close();
    Path path = directory.resolve(ChainedJournal.FILE);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    journal = new ChainedJournal(store.store(), clock);
    int left = journal.entries(100).size();
    assertThat(left).isPositive().isLessThan(30);
    assertThat(journal.verify().intact()).isFalse();
    assertThat(journal.verify().firstBroken()).contains("#" + (left + 1));
    append("after");
    close();
    journal = new ChainedJournal(store.store(), clock);
    assertThat(journal.entries(100)).hasSize(left + 1);
    assertThat(journal.verify().firstBroken()).contains("#" + (left + 1));
    assertThat(journal.verify().head().number()).isEqualTo(31);
  }

  @Test
  void wordsFindEntriesOfTheWholeJournal() throws IOException {
    for (int i = 1; i <= 250; i++) {
      append(i % 50 == 0 ? "rare-" + i : "usual-" + i);
    }
    JournalPart<JournalEntry> part = journal.newest(2, JournalSearch.of("RARE"));
    assertThat(part.entries()).extracting(JournalEntry::id).containsExactly("rare-200", "rare-250");
    assertThat(part.entries().get(1)).isEqualTo(journal.entries(1).get(0));
    assertThat(part.matching()).isEqualTo(5);
    assertThat(part.total()).isEqualTo(250);
    assertThat(journal.newest(3, JournalSearch.ALL).matching()).isEqualTo(250);
  }

  @Test
  void theChainGoesOnAfterTheProcessEnded() throws IOException {
    append("one");
    close();
    journal = new ChainedJournal(store.store(), clock);
    append("two");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.payload("one")).contains(Bytes.utf8("payload of one"));
    assertThat(journal.entries(1)).extracting(JournalEntry::id).containsExactly("two");
  }

  @ParameterizedTest
  @CsvSource({
    "1, one",
    "2, two",
    "3, three",
  })
  void aChangedEntryIsNamedWhicheverFieldItIs(long number, String id) throws IOException {
    tamper(file -> {});
    for (String[] change :
        List.of(
            new String[] {"\"channel\":\"segment\"", "\"channel\":\"dns\""},
            new String[] {"\"allowedBy\":\"default\"", "\"allowedBy\":\"configuration\""},
            new String[] {"\"purpose\":\"usage\"", "\"purpose\":\"errors\""},
            new String[] {"api.segment.io", "elsewhere.io"},
            new String[] {"\"bytes\":1", "\"bytes\":2"},
            new String[] {"\"outcome\":\"DELIVERED\"", "\"outcome\":\"WITHDRAWN\""},
            new String[] {"\"answer\":\"200\"", "\"answer\":\"500\""},
            new String[] {"\"digest\":\"", "\"digest\":\"0"},
            new String[] {"\"previous\":\"", "\"previous\":\"0"},
            new String[] {"\"at\":\"20", "\"at\":\"19"})) {
      changeOnDisk(file -> file.numbered("entries").put(number, line(file, number, change)));
      assertThat(journal.verify().firstBroken()).as(change[1]).contains(id);
      String[] back = {change[1], change[0]};
      changeOnDisk(file -> file.numbered("entries").put(number, line(file, number, back)));
      assertThat(journal.verify().intact()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRemovedEntryIsMissed(long number) throws IOException {
    tamper(file -> file.numbered("entries").remove(number));
    assertThat(journal.verify().firstBroken()).contains("#" + number);
  }

  @Test
  void soIsOneWhoseNumberWasGivenToTheNext() throws IOException {
    tamper(file -> file.numbered("entries").put(2L, file.numbered("entries").remove(3L)));
    assertThat(journal.verify().firstBroken()).contains("three");
  }

  @Test
  void swappedEntriesBreakTheChain() throws IOException {
    tamper(
        file -> {
          byte[] second = file.numbered("entries").get(2L);
          file.numbered("entries").put(2L, file.numbered("entries").get(3L));
          file.numbered("entries").put(3L, second);
        });
    assertThat(journal.verify().firstBroken()).contains("three");
  }

  @Test
  void anEntryThatWasAddedShows() throws IOException {
    tamper(
        file -> {
          byte[] last = unframed(file.numbered("entries").get(3L));
          byte[] added = LineCodec.encode(new ChainLink(4, record("four"), Entries.digest(last)));
          file.numbered("entries").put(4L, RecordFrame.wrap(added));
        });
    assertThat(journal.verify().firstBroken()).contains("#4");
  }

  @Test
  void aPayloadThatWasExchangedShows() throws IOException {
    tamper(file -> file.numbered("payloads").put(2L, file.numbered("payloads").get(1L)));
    assertThat(journal.verify().firstBroken()).contains("two");
  }

  @Test
  void ofAChainThatWasRewrittenFromAnEntryOnOnlyTheNotedHeadTells() throws IOException {
    tamper(file -> {});
    Journal.Head noted = journal.verify().head();
    assertThat(noted.number()).isEqualTo(3);
    changeOnDisk(
        file -> {
          String[] change = {"\"answer\":\"200\"", "\"answer\":\"500\""};
          byte[] second = line(file, 2, change);
          String digest = Entries.digest(unframed(second));
          byte[] third = LineCodec.encode(new ChainLink(3, record("three"), digest));
          file.numbered("entries").put(2L, second);
          file.numbered("entries").put(3L, RecordFrame.wrap(third));
          file.numbered("state").clear();
          file.named("head").put("last", "3 " + Entries.digest(third));
        });
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().head()).isNotEqualTo(noted);
    assertThat(journal.verify(NotedHead.of(noted.text())).since()).contains(Continuity.DIFFERS);
  }

  @Test
  void whatIsExportedIsWhatIsHashed() throws IOException {
    for (int i = 0; i < 250; i++) {
      append("r" + i);
    }
    List<Bytes> lines = new ArrayList<>();
    journal.export(
        line -> {
          lines.add(line);
          if (lines.size() == 120) {
            appendUnchecked("later");
          }
        });
    assertThat(lines).hasSize(251);
    String previous = Entries.START;
    for (Bytes line : lines) {
      assertThat(line.utf8()).endsWith(",\"previous\":\"" + previous + "\"}").doesNotContain("\n");
      previous = line.sha256();
    }
    String root = ReferenceTree.root(lines.stream().map(Bytes::toArray).toList()).hex();
    assertThat(journal.verify().head()).isEqualTo(new Journal.Head(251, root));
  }

  @Test
  void anExportThatTheBoundOvertookFails() throws IOException {
    store.maxBytes("1m");
    for (int i = 0; i < 300; i++) {
      journal.append(record("r" + i, Bytes.empty(), ids(20)), Optional.empty());
    }
    AtomicInteger count = new AtomicInteger();
    assertThatThrownBy(
            () ->
                journal.export(
                    line -> {
                      for (int i = 0; count.get() == 0 && i < 300; i++) {
                        appendUnchecked("later");
                      }
                      count.incrementAndGet();
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Try again");
  }

  @Test
  void payloadsExpireAndEntriesStay() throws IOException {
    append("old");
    clock.advance(Duration.ofDays(31));
    append("new");
    assertThat(journal.payload("old")).isEmpty();
    assertThat(journal.payload("new")).isPresent();
    assertThat(journal.entries(10)).hasSize(2);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void theFileStaysWithinItsBound() throws IOException {
    store.maxBytes("4m");
    java.util.Random random = new java.util.Random(1);
    long largest = 0;
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[30_000];
      random.nextBytes(noise);
      journal.append(record("r" + i, Bytes.copyOf(noise)), Optional.of(Bytes.copyOf(noise)));
      largest = Math.max(largest, Files.size(directory.resolve("journal.mv")));
    }
    assertThat(largest).isLessThanOrEqualTo(4L << 20);
    assertThat(journal.entries(1000)).hasSize(200);
    assertThat(journal.payload("r199")).isPresent();
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void entriesThatAloneTakeTooMuchGoOldestFirstAndTheRestStillHolds() throws IOException {
    store.maxBytes("1m");
    long largest = 0;
    for (int i = 0; i < 60; i++) {
      journal.append(record("r" + i, Bytes.empty(), ids(200)), Optional.empty());
      largest = Math.max(largest, Files.size(directory.resolve("journal.mv")));
    }
    assertThat(largest).isLessThanOrEqualTo(1L << 20);
    assertThat(journal.entries(100))
        .hasSizeBetween(10, 30)
        .last()
        .extracting(JournalEntry::id)
        .isEqualTo("r59");
    assertThat(journal.verify().intact()).isTrue();
    close();
    journal = new ChainedJournal(store.store(), clock);
    append("next");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void fromAFileThatCannotBeOpenedTheChainIsRebuilt() throws IOException {
    append("one");
    append("two");
    close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("journal.mv").toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    journal = new ChainedJournal(store.store(), clock);
    append("three");
    assertThat(journal.entries(9))
        .extracting(JournalEntry::id)
        .containsExactly("one", "two", "three");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void whereAnEntryCannotBeReadTheOthersStayAndTheGapShows() throws IOException {
    List<String> frames = new ArrayList<>();
    tamper(
        file -> {
          byte[] frame = file.numbered("entries").put(2L, new byte[] {1, 2, 3});
          frames.add(new String(frame, StandardCharsets.ISO_8859_1));
        });
    // The store's own file still holds the old entry: only its frame is made unreadable.
    Path path = directory.resolve("journal.mv");
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    String frame = frames.get(0);
    assertThat(bytes).contains(frame);
    String damaged =
        frame.substring(0, frame.length() - 1) + (char) (frame.charAt(frame.length() - 1) ^ 1);
    Files.writeString(path, bytes.replace(frame, damaged), StandardCharsets.ISO_8859_1);
    journal = new ChainedJournal(store.store(), clock);
    append("four");
    assertThat(journal.entries(9))
        .extracting(JournalEntry::id)
        .containsExactly("one", "three", "four");
    assertThat(journal.verify().intact()).isFalse();
    assertThat(journal.verify().firstBroken()).contains("#2");
  }

  @Test
  void ofTwoThatFollowTheSameEntryTheOneCountsThatWentOn() {
    Chain chain = new Chain();
    byte[] one = LineCodec.encode(new ChainLink(1, record("one"), Entries.START));
    byte[] given = LineCodec.encode(new ChainLink(2, record("two"), Entries.digest(one)));
    byte[] failed = LineCodec.encode(new ChainLink(2, record("never"), Entries.digest(one)));
    byte[] three = LineCodec.encode(new ChainLink(3, record("three"), Entries.digest(given)));
    List.of(three, given, one, failed, one).forEach(chain::add);
    assertThat(chain.inOrder()).containsExactly(one, given, three);
  }

  @Test
  void changesOfWhatIsAllowedStandInTheSameChain() throws IOException {
    append("one");
    journal.append(DENIAL);
    append("two");
    journal.append(OF_A_CHANNEL);
    close();
    journal = new ChainedJournal(store.store(), clock);
    assertThat(journal.newestOfAnyKind(9, JournalSearch.ALL).entries())
        .extracting(JournalItem::id)
        .containsExactly("one", DENIAL.id(), "two", OF_A_CHANNEL.id());
    assertThat(journal.changes(9)).containsExactly(DENIAL, OF_A_CHANNEL);
    assertThat(journal.changes(1)).containsExactly(OF_A_CHANNEL);
    assertThat(journal.hasChange(DENIAL.id())).isTrue();
    assertThat(journal.hasChange("one")).isFalse();
    assertThat(journal.verify().entries()).isEqualTo(4);
    assertThat(journal.verify().intact()).isTrue();
    List<String> lines = exported();
    assertThat(lines.get(0)).startsWith("{\"number\":1,\"kind\":\"attempt\",\"id\":\"one\",");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"number\":2,\"kind\":\"consent\",\"id\":\"11111111-2222-4333-8444-555555555555\","
                + "\"at\":\"2026-11-30T12:00:00.500Z\",\"purpose\":\"usage\",\"channel\":null,"
                + "\"from\":\"unset\",\"to\":\"denial\",\"way\":\"shell\",\"by\":\"kåraf\","
                + "\"address\":\"127.0.0.1\",\"previous\":\""
                + Bytes.utf8(lines.get(0)).sha256()
                + "\"}");
    assertThat(lines.get(3))
        .contains("\"purpose\":null,\"channel\":\"sentry-crash\"", "\"way\":\"cluster-spec\"");
  }

  @Test
  void whoeverReadsAttemptsGetsNoneOfThem() throws IOException {
    append("one");
    journal.append(DENIAL);
    append("two");
    journal.append(OF_A_CHANNEL);
    assertThat(journal.entries(2)).extracting(JournalEntry::id).containsExactly("one", "two");
    JournalPart<JournalEntry> part = journal.newest(1, JournalSearch.ALL);
    assertThat(part.matching()).isEqualTo(2);
    assertThat(part.total()).isEqualTo(2);
    assertThat(journal.newest(9, JournalSearch.of("usage")))
        .isEqualTo(new JournalPart<>(journal.entries(2), 2, 2));
    assertThat(journal.newest(DENIAL.id())).isEmpty();
    assertThat(journal.payload(DENIAL.id())).isEmpty();
    assertThat(journal.outcomes()).containsOnlyKeys("one", "two");
    assertThat(journal.outcomes(Set.of("one", "two", "three"))).containsOnlyKeys("one", "two");
    assertThat(journal.settledMessages()).containsExactlyInAnyOrder("one", "two");
    // The entry of a channel is of another time than the attempts.
    assertThat(journal.settledMessages(clock.instant())).containsExactlyInAnyOrder("one", "two");
    assertThat(journal.destinations())
        .containsExactly(new Forgotten.Destination("segment", "https://api.segment.io"));
  }

  @Test
  void aSearchInAllKindsFindsThem() throws IOException {
    append("one");
    journal.append(DENIAL);
    journal.append(OF_A_CHANNEL);
    for (String words : List.of("KÅRAF shell", "turned off usage", "unset denial", "127.0.0.1")) {
      JournalPart<JournalItem> part = journal.newestOfAnyKind(9, JournalSearch.of(words));
      assertThat(part.entries()).as(words).extracting(JournalItem::id).containsExactly(DENIAL.id());
      assertThat(part.total()).isEqualTo(3);
    }
    assertThat(journal.newestOfAnyKind(1, JournalSearch.of("consent")).matching()).isEqualTo(2);
    assertThat(journal.newestOfAnyKind(9, JournalSearch.of("usage")).matching()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "kind":"consent"             | "kind":"attempt"
          "kind":"consent"             | "kind":"other"
          "id":"1                      | "id":"2
          "at":"20                     | "at":"19
          "purpose":"usage"            | "purpose":"errors"
          "purpose":"usage"            | "purpose":null
          "channel":null               | "channel":"dns"
          "from":"unset"               | "from":"grant"
          "to":"denial"                | "to":"grant"
          "way":"shell"                | "way":"page"
          "by":"k                      | "by":"K
          "address":"127               | "address":"128
          "previous":"                 | "previous":"0
          """)
  void aChangedEntryAboutConsentShows(String from, String to) throws IOException {
    append("one");
    journal.append(DENIAL);
    append("three");
    changeOnDisk(file -> file.numbered("entries").put(2L, line(file, 2, from, to)));
    assertThat(journal.verify().intact()).isFalse();
    assertThat(journal.verify().firstBroken().orElseThrow()).matches("[12]{8}-2222.*|#2");
  }

  @Test
  void soDoOneThatIsRemovedAndOnesThatAreSwapped() throws IOException {
    append("one");
    journal.append(DENIAL);
    journal.append(OF_A_CHANNEL);
    append("four");
    changeOnDisk(
        file -> {
          byte[] second = file.numbered("entries").get(2L);
          file.numbered("entries").put(2L, file.numbered("entries").get(3L));
          file.numbered("entries").put(3L, second);
        });
    assertThat(journal.verify().intact()).isFalse();
    changeOnDisk(file -> file.numbered("entries").remove(3L));
    assertThat(journal.hasChange(DENIAL.id())).isFalse();
    assertThat(journal.verify().intact()).isFalse();
  }

  @Test
  void theyGoWithTheOldestToKeepWithinTheBound() throws IOException {
    store.maxBytes("1m");
    journal.append(DENIAL);
    for (int i = 0; i < 60; i++) {
      journal.append(record("r" + i, Bytes.empty(), ids(200)), Optional.empty());
    }
    journal.append(OF_A_CHANNEL);
    assertThat(journal.changes(9)).containsExactly(OF_A_CHANNEL);
    assertThat(journal.hasChange(DENIAL.id())).isFalse();
    JournalPart<JournalItem> all = journal.newestOfAnyKind(99, JournalSearch.ALL);
    assertThat(all.total()).isEqualTo(all.entries().size());
    assertThat(journal.newest(99, JournalSearch.ALL).total()).isEqualTo(all.total() - 1);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void theyAreTakenOverFromAFileThatCannotBeOpened() throws IOException {
    append("one");
    journal.append(DENIAL);
    close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("journal.mv").toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    journal = new ChainedJournal(store.store(), clock);
    assertThat(journal.changes(9)).containsExactly(DENIAL);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void aJournalOfAnEarlierBuildStaysValidAndGoesOn() throws IOException {
    List<String> old;
    try (InputStream lines = getClass().getResourceAsStream("without-kind.jsonl")) {
      old = new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    changeOnDisk(
        file -> {
          for (int i = 0; i < old.size(); i++) {
            byte[] line = old.get(i).getBytes(StandardCharsets.UTF_8);
            file.numbered("entries").put(i + 1L, RecordFrame.wrap(line));
          }
          file.named("head").put("last", "3 " + Bytes.utf8(old.get(2)).sha256());
        });
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.RETRY, Outcome.DELIVERED, Outcome.WITHDRAWN);
    assertThat(journal.entries(9).get(0).answer()).isEqualTo("503 <busy> & \"späti\"");
    assertThat(journal.settledMessages()).containsExactlyInAnyOrder("m-1", "m-2", "m-3");
    assertThat(journal.changes(9)).isEmpty();
    journal.append(DENIAL);
    append("five");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().head().number()).isEqualTo(5);
    assertThat(exported()).startsWith(old.toArray(String[]::new)).hasSize(5);
    changeOnDisk(
        file -> file.numbered("entries").put(1L, line(file, 1, "503 <busy>", "503 <bussy>")));
    assertThat(journal.verify().firstBroken()).contains("3c6ef362-8c1d-4a52-9c7e-33f0a7000001");
  }

  private List<String> exported() throws IOException {
    List<String> lines = new ArrayList<>();
    journal.export(line -> lines.add(line.utf8()));
    return lines;
  }

  private interface Tampering {
    void on(StoreFile file);
  }

  private void tamper(Tampering tampering) throws IOException {
    append("one");
    append("two");
    append("three");
    changeOnDisk(tampering);
  }

  private void changeOnDisk(Tampering tampering) throws IOException {
    close();
    StoreFile file = new StoreFile(directory.resolve("journal.mv"), clock);
    file.open(old -> {});
    tampering.on(file);
    file.commit();
    file.close();
    journal = new ChainedJournal(store.store(), clock);
  }

  private static byte[] line(StoreFile file, long number, String... change) {
    byte[] line = unframed(file.numbered("entries").get(number));
    String changed = new String(line, StandardCharsets.UTF_8).replaceFirst(change[0], change[1]);
    return RecordFrame.wrap(changed.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] unframed(byte[] frame) {
    return RecordFrame.unwrap(frame).map(PackedLine::unpack).orElseThrow();
  }

  private void appendUnchecked(String id) {
    try {
      append(id);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void append(String id) throws IOException {
    Bytes payload = Bytes.utf8("payload of " + id);
    journal.append(record(id, payload), Optional.of(payload));
  }

  /** That nothing makes small. */
  private static List<String> ids(int many) {
    return Stream.generate(() -> UUID.randomUUID().toString()).limit(many).toList();
  }

  private JournalRecord record(String id) {
    return record(id, Bytes.utf8("payload of " + id));
  }

  private JournalRecord record(String id, Bytes payload) {
    return record(id, payload, List.of(id));
  }

  private JournalRecord record(String id, Bytes payload, List<String> messages) {
    return new JournalRecord(
        id,
        clock.instant(),
        "segment",
        Purpose.USAGE,
        "default",
        payload.size(),
        payload.sha256(),
        "https://api.segment.io",
        Outcome.DELIVERED,
        "200",
        messages);
  }
}
