package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.candor.api.ChannelState;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Receipt;
import org.candor.core.outbox.Outbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a step of the loop may cost on disk. */
@Timeout(30)
class StepCostTest extends RunningChannel {

  private static final int TRANSACTIONS = 5;

  /** The report with its write-ahead note, the journal's entry, and the release. */
  private static final int FLUSHES = 3;

  @Test
  void aReportThatIsDeliveredCostsNoMoreThanFiveTransactionsAndThreeFlushes() throws IOException {
    graceIsOver();
    step(SETTINGS, false);
    long entries = journal.entries(100).size();
    Outbox.Use before = outbox.use();
    assertThat(step(SETTINGS, true).deliveries()).hasSize(1);
    Outbox.Use after = outbox.use();
    long journaled = journal.entries(100).size() - entries;
    assertThat(journaled).isEqualTo(1);
    assertThat(after.transactions() - before.transactions()).isLessThanOrEqualTo(TRANSACTIONS);
    assertThat(after.flushes() - before.flushes() + journaled).isLessThanOrEqualTo(FLUSHES);
  }

  @Test
  void aReportThatIsMadeWhileOthersWaitCostsNoMore() throws IOException {
    graceIsOver();
    sink.limit = new BatchLimit(10, 1_000_000);
    sink.answers.add(Receipt.retry("busy"));
    step(SETTINGS, true);
    assertThat(outbox.count("c")).isEqualTo(1);
    long entries = journal.entries(100).size();
    Outbox.Use before = outbox.use();
    assertThat(step(SETTINGS, true).deliveries()).hasSize(1);
    Outbox.Use after = outbox.use();
    long journaled = journal.entries(100).size() - entries;
    assertThat(outbox.count("c")).as("both went together").isZero();
    assertThat(journaled).isEqualTo(1);
    assertThat(after.transactions() - before.transactions()).isLessThanOrEqualTo(TRANSACTIONS);
    assertThat(after.flushes() - before.flushes() + journaled).isLessThanOrEqualTo(FLUSHES);
  }

  @Test
  void aStepWithNothingDueChangesNothingOnDisk() throws IOException {
    graceIsOver();
    step(SETTINGS, true);
    clock.advance(Duration.ofMinutes(1));
    Outbox.Use before = outbox.use();
    step(SETTINGS, false);
    assertThat(outbox.use().flushes()).isEqualTo(before.flushes());
    assertThat(outbox.use().transactions() - before.transactions()).isEqualTo(1);
  }

  @Test
  void anIdleChannelTouchesNoDisk() throws Exception {
    graceIsOver();
    Channel channel = channel();
    join(channel.send());
    Outbox.Use before = outbox.use();
    Path file = directory.resolve("etc/org.candor.consent.cfg");
    Files.writeString(file, "usage = false\n");
    channel.step();
    assertThat(outbox.use()).isEqualTo(before);
    assertThat(outbox.count("c")).isZero();
    assertThat(journal.entries(100)).as("the file was not even looked at").hasSize(1);
    channel.changed();
    assertThat(join(channel.send()).state()).isEqualTo(ChannelState.OFF);
    channel.close();
  }
}
