package org.candor.core.delivery;

import java.time.Clock;
import org.candor.core.consent.Consent;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.Plugins;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the delivery worker of each channel. Thread-safe. */
@Component(service = DeliveryWorkerFactory.class)
public final class DeliveryWorkerFactory {

  private final Outbox outbox;
  private final ChainedJournal journal;
  private final Consent consent;
  private final WorkerPool workers;
  private final Plugins plugins;
  private final UpgradeLog upgrades;

  @Activate
  public DeliveryWorkerFactory(
      @Reference Outbox outbox,
      @Reference ChainedJournal journal,
      @Reference Consent consent,
      @Reference WorkerPool workers,
      @Reference Plugins plugins,
      @Reference UpgradeLog upgrades) {
    this.outbox = outbox;
    this.journal = journal;
    this.consent = consent;
    this.workers = workers;
    this.plugins = plugins;
    this.upgrades = upgrades;
  }

  /** A worker of the present reset generation. */
  public DeliveryWorker worker(String channel, Clock clock) {
    ReplyReader replies = new ReplyReader(channel, plugins, upgrades, outbox);
    return new DeliveryWorker(channel, outbox, journal, consent, workers, replies, clock);
  }
}
