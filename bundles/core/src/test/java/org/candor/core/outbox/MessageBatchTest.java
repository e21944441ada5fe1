package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.junit.jupiter.api.Test;

/** Many messages that come together, which lie together in the outbox. */
class MessageBatchTest extends OpenOutbox {

  @Test
  void anyOfThemCanGoAndTheOthersStayInOrderAlsoAfterARestart() throws IOException {
    Random random = new Random(3);
    List<String> expected = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      List<String> ids = ids(round, random.nextInt(700));
      outbox.accept("a", messages(ids), SAME);
      expected.addAll(ids);
      List<Long> settled = new ArrayList<>();
      List<String> gone = new ArrayList<>();
      for (QueuedMessage queued : outbox.peek("a", ALL)) {
        if (random.nextInt(round % 3 + 2) == 0) {
          settled.add(queued.number());
          gone.add(queued.message().id());
        }
      }
      outbox.end("a", settled, SAME);
      expected.removeAll(gone);
      assertThat(queued()).isEqualTo(expected);
      assertThat(outbox.count("a")).isEqualTo(expected.size());
      if (round % 10 == 9) {
        close();
        reopen();
      }
    }
  }

  @Test
  void numbersThatAreGoneOrNeverWereAreNoMatter() throws IOException {
    outbox.accept("a", messages(ids(0, 5)), SAME);
    List<Long> numbers = outbox.peek("a", ALL).stream().map(QueuedMessage::number).toList();
    outbox.end("a", List.of(numbers.get(2), 999L, -4L), SAME);
    outbox.end("a", List.of(numbers.get(2), numbers.get(0)), SAME);
    assertThat(queued()).containsExactly("m0-1", "m0-3", "m0-4");
  }

  @Test
  void theOldestOfThemGoWhenThereAreTooMany() throws IOException {
    store.maxCount("1000");
    outbox.accept("a", messages(ids(0, 900)), SAME);
    outbox.accept("b", messages(ids(1, 300)), SAME);
    assertThat(queued()).hasSize(700).startsWith("m0-200");
    assertThat(outbox.memory("a").lost()).containsEntry("too-many", 200L);
    assertThat(outbox.fill("a")).isEqualTo(1.0);
  }

  @Test
  void aDamagedOneTakesNoOtherWithIt() throws IOException {
    outbox.accept("a", messages(ids(0, 300)), SAME);
    close();
    replaceInFile("body of m0-77.", "body of m0-7x.");
    reopen();
    assertThat(queued()).hasSize(299).doesNotContain("m0-77").contains("m0-76", "m0-78");
    assertThat(outbox.memory("a").lost()).containsEntry("damaged", 1L);
  }

  @Test
  void wherePlacesAreLostTheWholeOnesAreFoundAndTheOthersCounted() throws IOException {
    outbox.accept("a", messages(ids(0, 10)), SAME);
    close();
    int place = place("body of m0-4.");
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.seek(place - 60);
      file.write(new byte[60]);
    }
    reopen();
    assertThat(queued()).contains("m0-0", "m0-9").doesNotContain("m0-4");
    assertThat(queued().size() + outbox.memory("a").lost().get("damaged")).isEqualTo(10);
  }

  @Test
  void largeOnesLieApartAndSmallOnesTogether() throws IOException {
    assertThat(MessageBatch.of(List.of(new byte[1 << 15], new byte[1 << 15]))).hasSize(1);
    assertThat(MessageBatch.of(List.of(new byte[1 << 15], new byte[1 << 15], new byte[1])))
        .hasSize(2);
    List<Message> messages =
        List.of(sized("large", 70_000), sized("small", 1), sized("larger", 100_000));
    outbox.accept("a", messages, SAME);
    close();
    reopen();
    assertThat(outbox.all("a"))
        .extracting(QueuedMessage::message)
        .containsExactlyElementsOf(messages);
    assertThat(outbox.count("a")).isEqualTo(3);
  }

  private static Message sized(String id, int bytes) {
    return new Message(id, "page", "t/t", Bytes.utf8("x".repeat(bytes)));
  }

  private void replaceInFile(String from, String to) throws IOException {
    int place = place(from);
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.seek(place);
      file.write(to.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private int place(String text) throws IOException {
    String all = Files.readString(outboxFile(), StandardCharsets.ISO_8859_1);
    assertThat(all).containsOnlyOnce(text);
    return all.indexOf(text);
  }

  private List<String> queued() throws IOException {
    return outbox.peek("a", ALL).stream().map(queued -> queued.message().id()).toList();
  }

  private static List<String> ids(int round, int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + round + "-" + i).toList();
  }

  private static List<Message> messages(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                new Message(id, "page", "t/t", Bytes.utf8("body of " + id + "." + "x".repeat(300))))
        .toList();
  }
}
