package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.core.journal.JournalRecord;
import org.junit.jupiter.api.Test;

/** An outbox of which some bytes are wrong, or which is an earlier one. */
class DamagedOutboxTest extends OpenOutbox {

  private static final int WAITING = 45;
  private static final int FLIPS = Integer.getInteger("flips", 80);

  @Test
  void aWrongCharacterInTheFirstStartStopsNothing() throws IOException {
    Instant first = outbox.firstStart();
    fill(WAITING);
    replace(first.toString(), first.toString().replace("T", "X"));
    clock.advance(Duration.ofDays(1));
    assertThat(outbox.firstStart()).as("nobody knows it").isEqualTo(clock.instant());
    assertThat(outbox.count("a")).isEqualTo(WAITING);
    assertThat(setAside()).isEqualTo(1);
    assertThat(outbox.memory("a").lost()).isEmpty();
  }

  @Test
  void aWrongCharacterInTheNumberStopsNothingAndNoNumberIsUsedTwice() throws IOException {
    fill(91);
    replace("number91", "number9x");
    assertThat(outbox.count("a")).isEqualTo(91);
    outbox.accept("a", message(91), SAME);
    assertThat(outbox.all("a").get(91).number()).isEqualTo(92);
    assertThat(setAside()).isEqualTo(1);
  }

  @Test
  void whatAChannelRememberedIsUnknownWhenItIsDamaged() throws IOException {
    outbox.remember("b", memory -> memory.passed(7));
    outbox.accept("a", message(0), memory -> memory.lost("refused", 3));
    clock.advance(Duration.ofDays(1));
    replace("refused", "refuzed");
    OutboxView view = outbox.view("a", SAME);
    assertThat(view.anew()).contains(clock.instant());
    assertThat(view.queued()).isEqualTo(1);
    assertThat(view.memory().lastCrash())
        .as("those that it knows it finds in the journal")
        .isZero();
    assertThat(outbox.view("b", SAME).anew()).as("the others know").isEmpty();
    clock.advance(Duration.ofHours(2));
    assertThat(outbox.view("new", SAME).anew()).isEmpty();
    assertThat(outbox.view("a", SAME).anew()).isPresent();
  }

  @Test
  void whereverAByteIsWrongNothingStopsAndWhatIsLostIsCountedExactly() throws IOException {
    fill(WAITING);
    outbox.firstStart();
    outbox.end("a", List.of(1L, 2L), SAME);
    outbox.accept("b", message(100), memory -> memory.reported(clock.instant()));
    close();
    byte[] whole = Files.readAllBytes(outboxFile());
    byte[] mark = Files.readAllBytes(markFile());
    Random random = new Random(Integer.getInteger("seed", 7));
    for (int flip = 0; flip < FLIPS; flip++) {
      int place = random.nextInt(whole.length);
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(outboxFile(), damaged);
      Files.write(markFile(), mark);
      reopen();
      assertThat(known("a")).as("byte %d", place).isEqualTo(WAITING - 2);
      assertThat(known("b")).as("byte %d", place).isEqualTo(1);
      outbox.accept("a", message(200), SAME);
      assertThat(outbox.all("a")).last().satisfies(last -> assertThat(last.number()).isEqualTo(47));
      close();
      try (Stream<Path> files = Files.list(directory)) {
        for (Path aside : files.filter(DamagedOutboxTest::isSetAside).toList()) {
          Files.delete(aside);
        }
      }
    }
  }

  private long known(String channel) throws IOException {
    return outbox.count(channel) + outbox.memory(channel).lost().getOrDefault(Outbox.DAMAGED, 0L);
  }

  @Test
  void ofAFileThatIsGoneAllThatWaitedIsCounted() throws IOException {
    fill(91);
    close();
    Files.delete(outboxFile());
    reopen();
    assertThat(outbox.count("a")).isZero();
    OutboxView view = outbox.view("a", SAME);
    assertThat(view.memory().lost()).containsEntry(Outbox.DAMAGED, 91L);
    assertThat(view.anew()).isPresent();
    outbox.accept("a", message(91), SAME);
    assertThat(outbox.all("a").get(0).number()).isEqualTo(92);
    close();
    reopen();
    assertThat(outbox.memory("a").lost()).as("once").containsEntry(Outbox.DAMAGED, 91L);
  }

  @Test
  void whatWasDeliveredSinceAnEarlierFileIsNotSentAgainAndTheRestIsCounted() throws IOException {
    fill(6);
    close();
    byte[] earlier = Files.readAllBytes(outboxFile());
    reopen();
    deliver("m0", "m1", "m2");
    outbox.end("a", List.of(1L, 2L, 3L), SAME);
    outbox.end("a", List.of(4L), memory -> memory.lost("refused", 1));
    outbox.accept("a", message(6), SAME);
    close();
    Files.write(outboxFile(), earlier);
    reopen();
    assertThat(ids("a")).as("m3 is counted already").containsExactly("m4", "m5");
    assertThat(outbox.memory("a").lost()).containsEntry(Outbox.DAMAGED, 1L);
    outbox.accept("a", message(7), SAME);
    assertThat(outbox.all("a").get(2).number()).as("7 was used").isEqualTo(8);
  }

  @Test
  void anEarlierFileTogetherWithItsMarkSendsNothingAgainThatTheJournalHas() throws IOException {
    fill(3);
    close();
    byte[] earlier = Files.readAllBytes(outboxFile());
    byte[] mark = Files.readAllBytes(markFile());
    reopen();
    deliver("m0", "m1");
    outbox.end("a", List.of(1L, 2L), SAME);
    close();
    Files.write(outboxFile(), earlier);
    Files.write(markFile(), mark);
    reopen();
    assertThat(ids("a")).containsExactly("m2");
    assertThat(outbox.memory("a").lost()).isEmpty();
  }

  private void deliver(String... ids) throws IOException {
    journal.append(
        new JournalRecord(
            "payload",
            clock.instant(),
            "a",
            Purpose.USAGE,
            "default",
            1,
            "digest",
            "endpoint",
            Outcome.DELIVERED,
            "",
            List.of(ids)),
        Optional.empty());
  }

  private void fill(int count) throws IOException {
    outbox.accept("a", IntStream.range(0, count).mapToObj(i -> message(i).get(0)).toList(), SAME);
  }

  private static List<Message> message(int number) {
    return List.of(
        new Message("m" + number, "page", "t/t", Bytes.utf8("body of m" + number + ".")));
  }

  private List<String> ids(String channel) throws IOException {
    return outbox.all(channel).stream().map(queued -> queued.message().id()).toList();
  }

  private Path markFile() {
    return directory.resolve(Outbox.FILE + ".mark");
  }

  private void replace(String from, String to) throws IOException {
    close();
    String text = Files.readString(outboxFile(), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    Files.writeString(outboxFile(), text.replace(from, to), StandardCharsets.ISO_8859_1);
    reopen();
  }

  private long setAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(DamagedOutboxTest::isSetAside).count();
    }
  }

  private static boolean isSetAside(Path file) {
    return file.getFileName().toString().contains(".mv.set-aside-");
  }
}
