package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Receipt;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.core.CapturedLog;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.ReplyProblem;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.settings.Etc;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyReaderTest {

  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          Purpose.USAGE, ReportKind.VERSION_CHECK, Duration.ofDays(1), "plain", "told", true);
  private static final Receipt ANSWERED =
      Receipt.delivered("NOERROR").replying(Bytes.utf8("9.9.9"));

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private final Plugins plugins = new Plugins();
  private final AnswerFormatter formatter = new AnswerFormatter();
  private ChainedJournal journal;
  private Outbox outbox;
  private UpgradeLog upgrades;
  private ReplyReader replies;

  @BeforeEach
  void open() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    StoreFixture store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    upgrades = new UpgradeLog(IdentityFixture.identity(etc), outbox, workers, clock);
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    replies = new ReplyReader("c", plugins, upgrades, outbox);
  }

  @AfterEach
  void close() {
    workers.close();
    outbox.close();
    journal.close();
  }

  @Test
  void anAnswerThatIsOfUseIsTaken() throws IOException {
    assertThat(read(ANSWERED)).isEmpty();
    assertThat(upgrades.notice().newest()).isEqualTo("9.9.9");
  }

  @Test
  void whereNothingIsToBeShownNothingIsWritten() throws IOException {
    OutboxView queue = outbox.view("c", memory -> memory);
    assertThat(replies.read(SETTINGS, message(), Receipt.delivered("200"), "told:/sink", queue))
        .isSameAs(queue);
  }

  @Test
  void withoutItsFormatterNobodyReadsIt() throws IOException {
    plugins.unbindFormatter(formatter);
    assertThat(read(ANSWERED))
        .contains("Nothing called plain is here any more to read the answer.");
  }

  @Test
  void aFormatterThatFailsOnItIsNamed() throws IOException {
    formatter.fails = true;
    assertThat(read(ANSWERED))
        .contains("The formatter plain failed on the answer: java.lang.IllegalStateException: no");
    formatter.fails = false;
    assertThat(read(ANSWERED)).as("of use again").isEmpty();
  }

  @Test
  void aRefusalSaysWhyBeforeTheSinksAdvice() throws IOException {
    formatter.refuses = true;
    assertThat(read(ANSWERED.advising("Check the zone.")))
        .contains("It is not signed. What is known of upgrades stays.");
    formatter.refuses = false;
    assertThat(read(ANSWERED.advising("Check the zone."))).contains("Check the zone.");
  }

  @Test
  void theLogSaysOncePerEndpointThatItIsNotValidAndWhenItIsAgain() throws IOException {
    Receipt zone = Receipt.delivered("200").advising("Check the zone.");
    Receipt key = Receipt.delivered("200").advising("Check the key.");
    String line = " This line comes once; telemetry:status shows how it stands.";
    assertThat(CapturedLog.of(() -> read(zone))).contains("c: Check the zone." + line);
    assertThat(CapturedLog.of(() -> read(key))).doesNotContain("Check the key.");
    assertThat(CapturedLog.of(() -> read(key, "told:/other"))).contains("c: Check the key." + line);
    assertThat(CapturedLog.of(() -> read(Receipt.delivered("200"))))
        .contains("c: the answer is valid again.")
        .doesNotContain("WARN");
    assertThat(CapturedLog.of(() -> read(Receipt.delivered("200")))).doesNotContain("valid again");
  }

  private Optional<String> read(Receipt receipt) throws IOException {
    return read(receipt, "told:/sink");
  }

  private Optional<String> read(Receipt receipt, String endpoint) throws IOException {
    OutboxView queue = outbox.view("c", memory -> memory);
    OutboxView after = replies.read(SETTINGS, message(), receipt, endpoint, queue);
    assertThat(outbox.memory("c")).as("through restarts").isEqualTo(after.memory());
    return after.memory().replyProblem().map(ReplyProblem::advice);
  }

  private static Message message() {
    return new Message("one", "m", "t/t", Bytes.empty());
  }

  private static final class AnswerFormatter implements ReportFormatter {
    private boolean fails;
    private boolean refuses;

    @Override
    public FieldCatalogue fields() {
      return FieldCatalogue.empty();
    }

    @Override
    public List<Message> format(Report report) {
      return List.of();
    }

    @Override
    public Optional<UpgradeAnswer> read(Message message, String running, Bytes reply)
        throws RefusedAnswerException {
      if (fails) {
        throw new IllegalStateException("no");
      }
      if (refuses) {
        throw new RefusedAnswerException("It is not signed");
      }
      return Optional.of(
          new UpgradeAnswer(
              "",
              "1.2.3",
              reply.utf8(),
              Severity.REQUIRED,
              Optional.empty(),
              Instant.parse("2026-11-01T00:00:00Z"),
              Instant.parse("2027-11-01T00:00:00Z"),
              true));
    }
  }
}
