package org.candor.core.delivery;

import java.io.IOException;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.Receipt;
import org.candor.api.text.PlainText;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.ReplyProblem;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.upgrade.UpgradeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a channel's formatter read what its endpoint sent back. When that is not valid, the channel
 * shows why until something better comes, through restarts, and the log says so once.
 */
public final class ReplyReader {

  private static final Logger log = LoggerFactory.getLogger(ReplyReader.class);

  private final String channel;
  private final Plugins plugins;
  private final UpgradeLog upgrades;
  private final Outbox outbox;

  public ReplyReader(String channel, Plugins plugins, UpgradeLog upgrades, Outbox outbox) {
    this.channel = channel;
    this.plugins = plugins;
    this.upgrades = upgrades;
    this.outbox = outbox;
  }

  /**
   * Reads the reply to a message that was delivered.
   *
   * @param endpoint that it was delivered to
   * @param queue the channel's queue now
   * @return the same, with what was remembered
   * @throws IOException when what is to be shown cannot be kept
   */
  OutboxView read(
      ChannelSettings settings, Message message, Receipt receipt, String endpoint, OutboxView queue)
      throws IOException {
    Optional<String> advice =
        receipt
            .reply()
            .flatMap(reply -> refusal(settings, message, reply, endpoint))
            .or(() -> Optional.of(receipt.advice()).filter(text -> !text.isEmpty()));
    Optional<ReplyProblem> before = queue.memory().replyProblem();
    Optional<ReplyProblem> now = advice.map(text -> new ReplyProblem(endpoint, text));
    if (now.equals(before)) {
      return queue;
    }
    OutboxView after = outbox.view(channel, memory -> memory.withReplyProblem(now));
    if (now.isEmpty()) {
      log.info("{}: the answer is valid again.", channel);
    } else if (before.filter(replyProblem -> replyProblem.endpoint().equals(endpoint)).isEmpty()) {
      log.warn(
          "{}: {} This line comes once; telemetry:status shows how it stands.",
          channel,
          PlainText.shown(now.get().advice()));
    }
    return after;
  }

  /** Why the reply is of no use; empty when it is. */
  private Optional<String> refusal(
      ChannelSettings settings, Message message, Bytes reply, String endpoint) {
    Optional<ReportFormatter> formatter = plugins.formatter(settings.formatter());
    if (formatter.isEmpty()) {
      return Optional.of(
          "Nothing called " + settings.formatter() + " is here any more to read the answer.");
    }
    try {
      Optional<UpgradeAnswer> answer = formatter.get().read(message, upgrades.running(), reply);
      if (answer.isPresent()) {
        upgrades.take(answer.get(), endpoint);
      }
      return Optional.empty();
    } catch (RefusedAnswerException e) {
      return Optional.of(Sentences.sentence(e.getMessage()) + " What is known of upgrades stays.");
    } catch (IOException e) {
      log.warn("News of an upgrade cannot be kept for the next start: {}", e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("The formatter " + settings.formatter() + " failed on the answer: " + e);
    }
  }
}
