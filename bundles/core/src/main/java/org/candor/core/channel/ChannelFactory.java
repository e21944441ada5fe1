package org.candor.core.channel;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.candor.api.retry.Backoff;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionFactory;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.DeliveryWorkerFactory;
import org.candor.core.delivery.EndpointNews;
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
import org.candor.core.work.SteadyClock;
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
  private final EndpointNews news;
  private final SteadyClock clock;

  @Activate
  public ChannelFactory(
      @Reference AdmissionFactory admissions,
      @Reference ReportTriggerFactory triggers,
      @Reference DeliveryWorkerFactory deliveries,
      @Reference WebEventsFactory webEvents,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference HistoryLog history,
      @Reference WorkerPool workers,
      @Reference EndpointNews news,
      @Reference SteadyClock clock) {
    this.admissions = admissions;
    this.triggers = triggers;
    this.deliveries = deliveries;
    this.webEvents = webEvents;
    this.plugins = plugins;
    this.outbox = outbox;
    this.history = history;
    this.workers = workers;
    this.news = news;
    this.clock = clock;
  }

  /** A channel of the present reset generation, which has not begun. */
  RunnableChannel channel(String name, Optional<ChannelSettings> settings) {
    DisclosureGate disclosure = admissions.disclosure(name);
    Admission admission = admissions.admission(name, disclosure, clock);
    ReportMaker reports = triggers.reports(disclosure);
    WebEvents events = webEvents.webEvents(name, admission, reports, clock);
    ReportTriggers all = triggers.triggers(name, reports, events.trigger(), clock);
    DeliveryWorker worker = deliveries.worker(name, clock);
    Backoff backoff = RetryTimer.usual(RandomGenerator.getDefault());
    ChannelLoop loop =
        new ChannelLoop(name, outbox, admission, all, worker, news, backoff, clock, clock);
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
   * @param reached gets each server that something was delivered to
   * @return ends that
   */
  Runnable listen(Runnable changed, Runnable event, Consumer<String> reached) {
    Runnable ofAdmission = admissions.onChange(changed);
    Runnable ofTriggers = triggers.onEvent(event);
    Runnable ofNews = news.onDelivered(reached);
    return () -> {
      ofNews.run();
      ofAdmission.run();
      ofTriggers.run();
    };
  }
}
