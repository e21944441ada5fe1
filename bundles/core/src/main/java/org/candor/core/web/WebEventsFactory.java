package org.candor.core.web;

import java.time.Clock;
import org.candor.core.admission.Admission;
import org.candor.core.identity.Identity;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the web event intake of each channel. Thread-safe. */
@Component(service = WebEventsFactory.class)
public final class WebEventsFactory {

  private final Identity identity;
  private final Plugins plugins;
  private final Outbox outbox;
  private final ChainedJournal journal;
  private final WorkerPool workers;

  @Activate
  public WebEventsFactory(
      @Reference Identity identity,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference ChainedJournal journal,
      @Reference WorkerPool workers) {
    this.identity = identity;
    this.plugins = plugins;
    this.outbox = outbox;
    this.journal = journal;
    this.workers = workers;
  }

  /** Those of a channel, of the present reset generation. */
  public WebEvents webEvents(
      String channel, Admission admission, ReportMaker reports, Clock clock) {
    WakeUpTimer timer = new WakeUpTimer(workers, clock);
    WebEventFormat format = new WebEventFormat(channel, identity, reports, clock);
    WebEventReceiver receiver =
        new WebEventReceiver(channel, admission, plugins, format, outbox, journal, timer, clock);
    return new WebEvents(
        receiver, new WebEventTrigger(channel, outbox, plugins, receiver, timer, clock), timer);
  }
}
