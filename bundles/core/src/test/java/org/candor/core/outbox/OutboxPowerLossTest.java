package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.core.journal.JournalRecord;
import org.junit.jupiter.api.Test;

/** A power loss that lets any of a commit's blocks reach the disk, and not the others. */
class OutboxPowerLossTest extends OpenOutbox {

  @Test
  void afterAPowerLossInTheMiddleOfACommitTheOneBeforeItStands() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 40; round++) {
      outbox.accept("a", List.of(new Message("m" + round, "m", "t/t", body(round, 9000))), SAME);
      if (round % 3 == 2) {
        deliver();
      }
      List<String> before = ids("a");
      byte[] old = Files.readAllBytes(outboxFile());
      outbox.accept("a", List.of(new Message("n" + round, "m", "t/t", body(round, 5000))), SAME);
      List<String> after = ids("a");
      close();
      byte[] whole = Files.readAllBytes(outboxFile());
      for (int tries = 0; tries < 5; tries++) {
        Files.write(outboxFile(), torn(old, whole, random));
        reopen();
        List<String> now = ids("a");
        assertThat(now).as("no accepted message is lost").containsAll(before);
        assertThat(after).as("no settled message comes back").containsAll(now);
        close();
      }
      Files.write(outboxFile(), whole);
      reopen();
    }
  }

  private void deliver() throws IOException {
    QueuedMessage head = outbox.peek("a", BatchLimit.ONE_MESSAGE).get(0);
    JournalRecord record =
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
            List.of(head.message().id()));
    journal.append(record, Optional.empty());
    outbox.end("a", List.of(head.number()), SAME);
  }

  /** Any of the new file's blocks may have reached the disk, in any order. */
  private static byte[] torn(byte[] old, byte[] whole, Random random) {
    byte[] torn = Arrays.copyOf(old, Math.max(old.length, whole.length));
    for (int block = 0; block < whole.length; block += 4096) {
      if (random.nextBoolean()) {
        System.arraycopy(whole, block, torn, block, Math.min(4096, whole.length - block));
      }
    }
    return torn;
  }

  private List<String> ids(String channel) throws IOException {
    return outbox.peek(channel, ALL).stream().map(queued -> queued.message().id()).toList();
  }

  private static Bytes body(int seed, int size) {
    Random random = new Random(seed);
    byte[] bytes = new byte[size];
    IntStream.range(0, size).forEach(i -> bytes[i] = (byte) ('a' + random.nextInt(26)));
    return Bytes.copyOf(bytes);
  }
}
