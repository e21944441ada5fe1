package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.InstanceName;
import org.candor.api.settings.Settings;
import org.candor.api.ui.UiEvent;
import org.candor.api.ui.UiIntake;
import org.candor.core.admission.Admission;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.delivery.Backoff;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.ReplyReader;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelConfig;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.CrashTrigger;
import org.candor.core.reporting.DailyTrigger;
import org.candor.core.reporting.IntervalTrigger;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.ReportTrigger;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.reset.ResetCoordinator;
import org.candor.core.reset.ResetListener;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.web.WakeUpTimer;
import org.candor.core.web.WebEventFormat;
import org.candor.core.web.WebEventReceiver;
import org.candor.core.web.WebEventTrigger;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel for each {@code etc/org.candor.channel-NAME.cfg}. */
@Component(
    service = {ChannelComponent.class, ConfigurationProblems.class},
    configurationPid = ChannelConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChannelConfig.class, factory = true)
public final class ChannelComponent implements ConfigurationProblems {

  private static final Logger log = LoggerFactory.getLogger(ChannelComponent.class);

  private final Settings settings;
  private final Supplier<Working> factory;
  private final List<Runnable> goodbyes;
  private volatile Optional<ChannelSettings> current;
  private volatile Working working;
  private boolean closed;

  @Activate
  public ChannelComponent(
      @Reference WorkerPool workers,
      @Reference Identity identity,
      @Reference Collector collector,
      @Reference Consent consent,
      @Reference Grace grace,
      @Reference AnnouncedFields reported,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference ChainedJournal journal,
      @Reference CrashLog crashes,
      @Reference UpgradeLog upgrades,
      @Reference HistoryLog history,
      @Reference ResetCoordinator resets,
      ChannelConfig config,
      Map<String, Object> properties) {
    String name = InstanceName.of(ChannelConfig.PID, properties).text();
    Clock clock = Clock.systemUTC();
    settings = new Settings("etc/" + ChannelConfig.PID + "-" + name + ".cfg", log::error);
    current = ChannelSettings.read(settings, config);
    DisclosureGate fields = new DisclosureGate(name, reported);
    Admission admission = new Admission(name, consent, grace, fields, plugins, clock);
    ReportMaker reporter = new ReportMaker(collector, fields);
    ReplyReader replies = new ReplyReader(name, plugins, upgrades, outbox);
    Backoff backoff = Backoff.usual(RandomGenerator.getDefault());
    factory =
        () -> {
          ReportTrigger timed = new IntervalTrigger(name, identity, outbox, reporter, clock);
          WakeUpTimer pace = new WakeUpTimer(workers, clock);
          WebEventFormat format = new WebEventFormat(name, identity, reporter, clock);
          WebEventReceiver desk =
              new WebEventReceiver(name, admission, plugins, format, outbox, journal, pace, clock);
          ReportTriggers triggers =
              new ReportTriggers(
                  timed,
                  new CrashTrigger(name, crashes, outbox, reporter, clock),
                  new DailyTrigger(name, identity, timed, outbox, clock),
                  new WebEventTrigger(name, outbox, plugins, desk, pace, clock));
          DeliveryWorker worker =
              new DeliveryWorker(name, outbox, journal, consent, workers, replies, clock);
          ChannelLoop runner =
              new ChannelLoop(name, outbox, admission, triggers, worker, backoff, clock);
          return new Working(
              new Channel(
                  name, current, workers, admission, fields, plugins, triggers, worker, runner,
                  history, clock),
              desk,
              pace);
        };
    synchronized (this) {
      // Whoever forgets in between waits for the channel that is to be made anew.
      Runnable stopForgetting = resets.onReset(new Anew());
      working = factory.get();
      goodbyes =
          List.of(
              stopForgetting,
              consent.onChange(() -> channel().changed()),
              plugins.onChange(() -> channel().changed()),
              crashes.onChange(() -> channel().begin()));
      working.begin();
    }
  }

  @Modified
  synchronized void modified(ChannelConfig config) {
    current = ChannelSettings.read(settings, config);
    channel().configure(current);
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Deactivate
  void close() {
    goodbyes.forEach(Runnable::run);
    synchronized (this) {
      closed = true;
      working.close();
    }
  }

  /**
   * Takes what people did in a product's web page; empty when that is nothing that the channel
   * reports.
   */
  Optional<UiIntake.Taken> take(List<UiEvent> events) throws IOException {
    Optional<ChannelSettings> now =
        channel().settings().filter(settings -> settings.report() == ReportKind.UI);
    return now.isPresent() ? Optional.of(working.desk().take(now.get(), events)) : Optional.empty();
  }

  Channel channel() {
    return working.channel();
  }

  /** A channel, and where it takes what comes by itself. */
  private record Working(Channel channel, WebEventReceiver desk, WakeUpTimer pace) {

    private void begin() {
      pace.onTime(channel::begin);
      channel.begin();
    }

    private void close() {
      pace.stop();
      channel.close();
    }
  }

  /** A channel that everything was forgotten of is another one. */
  private final class Anew implements ResetListener {

    @Override
    public void stop() {
      synchronized (ChannelComponent.this) {
        working.close();
      }
    }

    @Override
    public void begin() {
      synchronized (ChannelComponent.this) {
        if (!closed) {
          working = factory.get();
          working.begin();
        }
      }
    }
  }
}
