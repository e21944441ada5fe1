package org.candor.core.channel;

import java.io.IOException;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.core.upgrade.UpgradeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a channel's formatter read what its endpoint sent back. */
final class Replies {

  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private final Plugins plugins;
  private final UpgradeLog upgrades;

  Replies(Plugins plugins, UpgradeLog upgrades) {
    this.plugins = plugins;
    this.upgrades = upgrades;
  }

  void read(ChannelSettings settings, Message message, Bytes reply) {
    Optional<ReportFormatter> formatter = plugins.formatter(settings.formatter());
    try {
      Optional<UpgradeAnswer> answer =
          formatter.isPresent()
              ? formatter.get().read(message, upgrades.running(), reply)
              : Optional.empty();
      if (answer.isPresent()) {
        upgrades.take(answer.get());
      }
    } catch (RefusedAnswerException e) {
      upgrades.refuse(e.getMessage());
    } catch (IOException e) {
      log.warn("News of an upgrade cannot be kept for the next start: {}", e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      upgrades.refuse("The formatter " + settings.formatter() + " failed: " + e);
    }
  }
}
