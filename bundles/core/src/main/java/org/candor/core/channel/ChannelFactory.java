package org.candor.core.channel;

import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.candor.api.retry.Backoff;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionFactory;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.DeliveryWorkerFactory;
import org.candor.core.delivery.RetryTimer;
import org.candor.core.history.HistoryLog;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.ReportTriggerFactory;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.web.WebEvents;
import org.candor.core.web.WebEventsFactory;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts a channel together from what its rooms make. Thread-safe. */
@Component(service = ChannelFactory.class)
public final class ChannelFactory {

  private final AdmissionFactory admissions;
  private final ReportTriggerFactory triggers;
  private final DeliveryWorkerFactory deliveries;
  private final WebEventsFactory webEvents;
  private final Plugins plugins;
  private final Outbox outbox;
  private final HistoryLog history;
  private final WorkerPool workers;

  @Activate
  public ChannelFactory(
      @Reference AdmissionFactory admissions,
      @Reference ReportTriggerFactory triggers,
      @Reference DeliveryWorkerFactory deliveries,
      @Reference WebEventsFactory webEvents,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference HistoryLog history,
      @Reference WorkerPool workers) {
    this.admissions = admissions;
    this.triggers = triggers;
    this.deliveries = deliveries;
    this.webEvents = webEvents;
    this.plugins = plugins;
    this.outbox = outbox;
    this.history = history;
    this.workers = workers;
  }

  /** A channel of the present reset generation, which has not begun. */
  RunnableChannel channel(String name, Optional<ChannelSettings> settings) {
    Clock clock = Clock.systemUTC();
    DisclosureGate disclosure = admissions.disclosure(name);
    Admission admission = admissions.admission(name, disclosure, clock);
    ReportMaker reports = triggers.reports(disclosure);
    WebEvents events = webEvents.webEvents(name, admission, reports, clock);
    ReportTriggers all = triggers.triggers(name, reports, events.trigger(), clock);
    DeliveryWorker worker = deliveries.worker(name, clock);
    Backoff backoff = RetryTimer.usual(RandomGenerator.getDefault());
    ChannelLoop loop = new ChannelLoop(name, outbox, admission, all, worker, backoff, clock);
    Channel channel =
        new Channel(
            name,
            settings,
            workers,
            admission,
            disclosure,
            plugins,
            all,
            worker,
            loop,
            history,
            clock);
    return new RunnableChannel(channel, events);
  }

  /**
   * Has the channel look again whenever something that it depends on changes.
   *
   * @return ends that
   */
  Runnable listen(Runnable changed, Runnable event) {
    Runnable ofAdmission = admissions.onChange(changed);
    Runnable ofTriggers = triggers.onEvent(event);
    return () -> {
      ofAdmission.run();
      ofTriggers.run();
    };
  }
}
