package org.candor.core.reporting;

import java.time.Clock;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.crash.CrashLog;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the report triggers of each channel. Thread-safe. */
@Component(service = ReportTriggerFactory.class)
public final class ReportTriggerFactory {

  private final Identity identity;
  private final Collector collector;
  private final CrashLog crashes;
  private final Outbox outbox;

  @Activate
  public ReportTriggerFactory(
      @Reference Identity identity,
      @Reference Collector collector,
      @Reference CrashLog crashes,
      @Reference Outbox outbox) {
    this.identity = identity;
    this.collector = collector;
    this.crashes = crashes;
    this.outbox = outbox;
  }

  /** Formats a channel's reports. */
  public ReportMaker reports(DisclosureGate disclosure) {
    return new ReportMaker(collector, disclosure);
  }

  /**
   * The triggers of a channel, one for each kind of report.
   *
   * @param webEvents its trigger for web events
   */
  public ReportTriggers triggers(
      String channel, ReportMaker reports, ReportTrigger webEvents, Clock clock) {
    ReportTrigger timed = new IntervalTrigger(channel, identity, reports, clock);
    return new ReportTriggers(
        timed,
        new CrashTrigger(channel, crashes, outbox, reports, clock),
        new DailyTrigger(channel, identity, timed, clock),
        webEvents);
  }

  /**
   * Has the action run when there is something to report; it must be quick.
   *
   * @return ends that
   */
  public Runnable onEvent(Runnable action) {
    return crashes.onChange(action);
  }
}
