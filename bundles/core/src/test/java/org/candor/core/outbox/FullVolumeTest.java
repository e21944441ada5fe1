package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.core.StoreFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume of 16 MB that is full; needs the right to mount one. */
class FullVolumeTest {

  @TempDir Path mount;
  private Outbox outbox;
  private ChainedJournal journal;

  @BeforeEach
  void open() throws Exception {
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "none", mount.toString());
    // As with the peers of other tests: who may not mount skips it, and CI does not.
    if ("required".equals(System.getenv("CANDOR_PEERS"))) {
      assertThat(mounted).as("mount").isZero();
    }
    assumeThat(mounted).isZero();
    AtomicLong seconds = new AtomicLong();
    StoreFixture store =
        new StoreFixture(
            mount.resolve("var"),
            () -> {},
            Runnable::run,
            () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet()));
    journal = new ChainedJournal(store.store(), Clock.systemUTC());
    outbox = new Outbox(store.store(), journal, Clock.systemUTC());
  }

  @AfterEach
  void close() throws Exception {
    outbox.close();
    journal.close();
    run("umount", "-l", mount.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Test
  void onAFullVolumeWhatWaitsIsDeliveredAndItsRoomIsFreed() throws IOException {
    for (int i = 0; i < 90; i++) {
      outbox.accept("a", List.of(message(i)), memory -> memory);
    }
    Path others = mount.resolve("others");
    fill(others);
    assertThat(Files.getFileStore(mount).getUsableSpace()).isLessThan(8192);
    assertThat(outbox.count("a")).isEqualTo(90);
    assertThat(outbox.isTight()).as("no page views").isTrue();
    long before = Files.size(mount.resolve("var/outbox.mv"));
    for (long left = outbox.count("a"); left > 0; left = outbox.count("a")) {
      List<QueuedMessage> head = outbox.peek("a", new BatchLimit(5, 1 << 20));
      Attempt attempt = attempt(head);
      outbox.begin(attempt);
      journal.append(attempt.record().ended(Outcome.DELIVERED, ""), Optional.empty());
      outbox.end("a", attempt.numbers(), memory -> memory);
    }
    assertThat(Files.size(mount.resolve("var/outbox.mv"))).isLessThan(before / 4);
    assertThat(Files.getFileStore(mount).getUsableSpace()).isGreaterThan(before / 2);
    assertThat(journal.verify().intact()).isTrue();
    Files.delete(others);
    outbox.accept("a", List.of(message(100)), memory -> memory);
    assertThat(outbox.count("a")).isEqualTo(1);
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 10_000; i++) {
        out.write(block);
      }
    } catch (IOException full) {
      // As is wanted.
    }
  }

  private static Message message(int number) {
    byte[] bytes = new byte[30_000];
    new Random(number).nextBytes(bytes);
    return new Message("m" + number, "n", "t/t", Bytes.copyOf(bytes));
  }

  private Attempt attempt(List<QueuedMessage> batch) {
    return new Attempt(
        new JournalRecord(
            "payload",
            Instant.now(),
            "a",
            Purpose.USAGE,
            "default",
            1,
            "digest",
            "endpoint",
            Outcome.INTERRUPTED,
            "",
            batch.stream().map(queued -> queued.message().id()).toList()),
        batch.stream().map(QueuedMessage::number).toList());
  }
}
