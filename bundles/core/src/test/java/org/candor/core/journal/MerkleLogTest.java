package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.EntryProof;
import org.candor.control.Journal.Continuity;
import org.candor.control.Journal.Head;
import org.candor.control.Journal.Verification;
import org.candor.control.JournalEntry;
import org.candor.control.NotedHead;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.merkle.ReferenceTree;
import org.candor.core.merkle.TreeHash;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a head that was noted once proves later, whatever went since. */
class MerkleLogTest {

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
  void theHeadIsThatOfTheTreeOverTheExportedLines() throws IOException {
    assertThat(journal.verify().head()).isEqualTo(new Head(0, TreeHash.EMPTY.hex()));
    for (int i = 1; i <= 20; i++) {
      append("r" + i);
      assertThat(journal.verify().head()).isEqualTo(new Head(i, root(exported())));
    }
  }

  @Test
  void aNotedHeadIsProvableThoughEverythingBetweenWent() throws IOException {
    List<Head> noted = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      append("r" + i);
      appendWeb(7 + i);
      noted.add(journal.verify().head());
    }
    all.addAll(exported());
    assertThat(noted.get(4).digest()).isEqualTo(root(all));
    flood();
    assertThat(journal.entries(1000))
        .extracting(JournalEntry::id)
        .doesNotContain("w0")
        .contains("r0", "r4");
    assertThat(journal.verify().dropped()).isGreaterThan(50);
    reopen();
    for (Head head : noted) {
      assertThat(since(head)).isEqualTo(Continuity.CONTINUES);
      assertThat(since(new Head(head.number(), noted.get(0).digest())))
          .isEqualTo(head == noted.get(0) ? Continuity.CONTINUES : Continuity.DIFFERS);
    }
    Head later = new Head(100_000, noted.get(0).digest());
    assertThat(since(later)).as("shorter than the noted one").isEqualTo(Continuity.DIFFERS);
    Head nobodys = new Head(noted.get(4).number() + 3, noted.get(0).digest());
    assertThat(since(nobodys)).as("inside of what went").isEqualTo(Continuity.NOT_KEPT);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void whatIsExportedHasTheHashesOfWhatWent() throws IOException {
    append("r0");
    Head noted = journal.verify().head();
    flood();
    List<String> lines = exported().stream().map(line -> new String(line)).toList();
    assertThat(lines.get(1)).startsWith("{\"number\":2,\"kind\":\"pruned\",\"to\":");
    assertThat(lines.get(1)).contains("\"nodes\":[\"");
    assertThat(since(noted)).isEqualTo(Continuity.CONTINUES);
  }

  @Test
  void aFloodOfPageViewsCostsNoOtherEntryItsPlace() throws IOException {
    store.maxBytes("1m");
    append("r");
    // Nearly what they may take.
    for (int i = 0; i < 25; i++) {
      journal.append(record("r" + i, ids(200)), Optional.empty());
    }
    flood();
    assertThat(journal.entries(10_000))
        .extracting(JournalEntry::id)
        .contains(IntStream.range(0, 25).mapToObj(i -> "r" + i).toArray(String[]::new))
        .contains("r");
    assertThat(journal.payload("r")).as("nor its payload").isPresent();
  }

  @Test
  void othersThatTakeTooMuchGoTooAndStayProvable() throws IOException {
    store.maxBytes("1m");
    append("first");
    Head noted = journal.verify().head();
    for (int i = 0; i < 60; i++) {
      journal.append(record("r" + i, ids(200)), Optional.empty());
    }
    assertThat(journal.entries(1_000)).extracting(JournalEntry::id).doesNotContain("first");
    assertThat(since(noted)).isEqualTo(Continuity.CONTINUES);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void aChangeUnderWhatIsKeptShowsEvenWhereBothNeighboursWent() throws IOException {
    flood();
    append("alone");
    flood();
    Head head = journal.verify().head();
    change("alone", "\"answer\":\"200\"", "\"answer\":\"500\"");
    Verification changed = journal.verify(NotedHead.of(head.text()));
    assertThat(changed.intact()).isFalse();
    assertThat(changed.firstBroken().orElseThrow()).matches("#\\d+-#\\d+|alone|#\\d+");
    assertThat(changed.since()).contains(Continuity.DIFFERS);
  }

  @Test
  void aBatchIsAnEntryOfAFewHundredBytesWhateverItCarried() throws IOException {
    List<String> ids = ids(2_500);
    Bytes payload = Bytes.utf8(String.join(",", ids));
    journal.append(record("batch", ids, payload).ofWebEvents(), Optional.of(payload));
    byte[] line = exported().get(0);
    assertThat(line).hasSizeLessThan(700);
    String sorted = String.join("\n", ids.stream().sorted().toList()) + "\n";
    assertThat(new String(line))
        .contains(
            "\"messages\":{\"count\":2500,\"digest\":\"" + Bytes.utf8(sorted).sha256() + "\"}");
    assertThat(journal.payload("batch")).contains(payload);
    reopen();
    assertThat(journal.settledMessages()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(journal.newest("batch").orElseThrow().isSettled()).isTrue();
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void ofABatchThatACrashInterruptedTheDigestIsEnough() throws IOException {
    JournalRecord begun = record("batch", ids(5)).ofWebEvents();
    JournalRecord read = RecordCodec.decode(RecordCodec.encode(begun));
    assertThat(read.batch()).isEqualTo(begun.batch());
    journal.append(read.ended(Outcome.INTERRUPTED, "The process ended."), Optional.empty());
    assertThat(journal.verify().firstBroken()).isEmpty();
    assertThat(journal.newest("batch").orElseThrow().isSettled()).isFalse();
  }

  @Test
  void idsThatWereExchangedShow() throws IOException {
    appendWeb(0);
    appendWeb(1);
    onDisk(file -> file.numbered("web-ids").put(1L, file.numbered("web-ids").get(2L)));
    assertThat(journal.verify().firstBroken()).contains("w0");
  }

  @Test
  void anEntryIsProvedAloneAlsoAgainstANotedHead() throws IOException {
    for (int i = 0; i < 6; i++) {
      append("r" + i);
    }
    Head noted = journal.verify().head();
    flood();
    append("r4");
    for (Optional<NotedHead> since :
        List.of(NotedHead.of(noted.text()), Optional.<NotedHead>empty())) {
      EntryProof proof = journal.prove("r2", since).orElseThrow();
      assertThat(proof.number()).isEqualTo(3);
      assertThat(proof.head()).isEqualTo(since.isPresent() ? noted : journal.verify().head());
      assertThat(
              ReferenceTree.verifies(
                  TreeHash.ofLeaf(proof.entry().toArray()),
                  2,
                  proof.head().number(),
                  proof.path().stream().map(TreeHash::of).toList(),
                  TreeHash.of(proof.head().digest())))
          .isTrue();
      assertThat(proof.line())
          .startsWith("{\"kind\":\"proof\",\"number\":3,\"size\":" + proof.head().number() + ",");
    }
    assertThat(journal.prove("none", Optional.empty())).isEmpty();
    assertThat(journal.prove("r4", NotedHead.of(noted.text()))).as("its newest is later").isEmpty();
    Head other = new Head(noted.number(), "a".repeat(64));
    assertThat(journal.prove("r2", NotedHead.of(other.text()))).isEmpty();
    Head nobodys = new Head(noted.number() + 3, noted.digest());
    assertThat(journal.prove("r2", NotedHead.of(nobodys.text()))).isEmpty();
  }

  @Test
  void whatWentIsStillProvableFromAFileThatHadToBeMadeAnew() throws IOException {
    append("r0");
    Head noted = journal.verify().head();
    flood();
    append("r1");
    Verification before = journal.verify();
    close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve(ChainedJournal.FILE).toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    journal = new ChainedJournal(store.store(), clock);
    Verification after = journal.verify(NotedHead.of(noted.text()));
    assertThat(after.firstBroken()).isEmpty();
    assertThat(after.head()).isEqualTo(before.head());
    assertThat(after.since()).contains(Continuity.CONTINUES);
    append("r2");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(since(before.head())).isEqualTo(Continuity.CONTINUES);
  }

  @Test
  void aStateThatIsDamagedIsMadeAgain() throws IOException {
    append("r0");
    append("r1");
    Head noted = journal.verify().head();
    onDisk(
        file -> {
          byte[] state = file.numbered("state").get(0L);
          state[20] ^= 1;
          file.numbered("state").put(0L, state.clone());
        });
    assertThat(since(noted)).isEqualTo(Continuity.CONTINUES);
    append("r2");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().head().number()).isEqualTo(3);
  }

  @Test
  void entriesOfTheTimeBeforeTheTreeAreItsFirstLeaves() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    String gone = Bytes.utf8("gone").sha256();
    String previous = gone;
    for (int number = 8; number <= 12; number++) {
      byte[] line = LineCodec.encode(new ChainLink(number, record("r" + number), previous));
      previous = Entries.digest(line);
      lines.add(line);
    }
    String last = previous;
    onDisk(
        file -> {
          for (int i = 0; i < lines.size(); i++) {
            file.numbered("entries").put(i + 8L, RecordFrame.wrap(lines.get(i)));
          }
          file.named("head").put("last", "12 " + last);
          file.named("head").put("gone", "7 " + gone);
        });
    Verification verification = journal.verify(NotedHead.of("12 " + last));
    assertThat(verification.firstBroken()).isEmpty();
    assertThat(verification.since()).contains(Continuity.CONTINUES);
    assertThat(verification.entries()).isEqualTo(5);
    assertThat(verification.dropped()).isEqualTo(7);
    assertThat(verification.head().number()).isEqualTo(12);
    append("r13");
    reopen();
    assertThat(since(verification.head())).isEqualTo(Continuity.CONTINUES);
    assertThat(journal.verify(NotedHead.of(Entries.digest(lines.get(1)))).since())
        .as("an entry of the chain that is kept")
        .contains(Continuity.CONTINUES);
    assertThat(journal.verify(NotedHead.of("c".repeat(64))).since())
        .as("of one that may have gone")
        .contains(Continuity.NOT_KEPT);
    change("r9", "\"answer\":\"200\"", "\"answer\":\"500\"");
    assertThat(journal.verify().firstBroken()).contains("r9");
  }

  @Test
  void aDigestThatNothingEverHadDiffersWhereNothingWent() throws IOException {
    append("r0");
    assertThat(journal.verify(NotedHead.of("c".repeat(64))).since()).contains(Continuity.DIFFERS);
  }

  @Test
  void whileItIsCheckedEntriesComeAndGo() throws Exception {
    store.maxBytes("1m");
    append("r0");
    Head noted = journal.verify().head();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> checks =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!done.get()) {
                Verification verification = journal.verify(NotedHead.of(noted.text()));
                assertThat(verification.firstBroken()).isEmpty();
                assertThat(verification.since()).contains(Continuity.CONTINUES);
                count++;
              }
              return count;
            });
    for (int i = 0; i < 300; i++) {
      appendWeb(i);
    }
    done.set(true);
    assertThat(checks.get()).isPositive();
  }

  @Test
  void ofTooManyNotedHeadsTheOnesThatLieClosestTogetherGo() throws IOException {
    onDisk(
        file -> {
          NotedHeads heads = new NotedHeads(file);
          for (int i = 1; i <= NotedHeads.MOST; i++) {
            assertThat(heads.note(new NotedHeads.Noted(i, clock.instant()))).isEmpty();
            clock.advance(Duration.ofDays(1));
          }
          assertThat(heads.note(new NotedHeads.Noted(2_000, clock.instant()))).contains(2L);
          clock.advance(Duration.ofSeconds(1));
          assertThat(heads.note(new NotedHeads.Noted(2_001, clock.instant()))).contains(4L);
          clock.advance(Duration.ofDays(1));
          assertThat(heads.note(new NotedHeads.Noted(2_002, clock.instant()))).contains(2_001L);
          assertThat(heads.has(1)).isTrue();
          assertThat(heads.has(2)).isFalse();
        });
  }

  private Continuity since(Head head) {
    return journal.verify(NotedHead.of(head.text())).since().orElseThrow();
  }

  /** So many page views that all but the newest of them go. */
  private void flood() throws IOException {
    store.maxBytes("1m");
    for (int i = 0; i < 100; i++) {
      appendWeb(i);
    }
  }

  private void appendWeb(int i) throws IOException {
    List<String> ids = ids(3);
    Bytes payload = Bytes.utf8("payload of " + ids);
    journal.append(record("w" + i, ids, payload).ofWebEvents(), Optional.of(payload));
  }

  private void append(String id) throws IOException {
    Bytes payload = Bytes.utf8("payload of " + id);
    journal.append(record(id, List.of(id), payload), Optional.of(payload));
  }

  private List<byte[]> exported() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    journal.export(line -> lines.add(line.toArray()));
    return lines;
  }

  private static String root(List<byte[]> lines) {
    return ReferenceTree.root(lines).hex();
  }

  private void reopen() {
    journal.close();
    journal = new ChainedJournal(store.store(), clock);
  }

  private interface Change {
    void on(StoreFile file);
  }

  private void onDisk(Change change) throws IOException {
    journal.close();
    StoreFile file = new StoreFile(directory.resolve(ChainedJournal.FILE), clock);
    file.open(old -> {});
    change.on(file);
    file.commit();
    file.close();
    journal = new ChainedJournal(store.store(), clock);
  }

  private void change(String id, String from, String to) throws IOException {
    onDisk(
        file -> {
          Entries entries = new Entries(file);
          long number =
              entries
                  .newestFirst()
                  .filter(link -> link.entry().id().equals(id))
                  .map(ChainLink::number)
                  .findFirst()
                  .orElseThrow();
          String line = new String(entries.line(number)).replace(from, to);
          entries.put(number, line.getBytes());
        });
  }

  private static List<String> ids(int many) {
    return Stream.generate(() -> UUID.randomUUID().toString()).limit(many).toList();
  }

  private JournalRecord record(String id) {
    return record(id, List.of(id));
  }

  private JournalRecord record(String id, List<String> messages) {
    return record(id, messages, Bytes.empty());
  }

  private JournalRecord record(String id, List<String> messages, Bytes payload) {
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
