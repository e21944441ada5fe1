package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.Settings;
import org.candor.api.ui.UiEvent;
import org.candor.api.ui.UiIntake;
import org.candor.core.collect.Collector;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.identity.Identity;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.Workers;
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
    service = ChannelComponent.class,
    configurationPid = ChannelConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChannelConfig.class, factory = true)
public final class ChannelComponent {

  private static final Logger log = LoggerFactory.getLogger(ChannelComponent.class);

  private final Settings settings;
  private final Channel channel;
  private final Runnable stopListeningToConsent;
  private final Runnable stopListeningToPlugins;
  private final Runnable stopListeningToCrashes;
  private final Runnable stopPace;
  private final UiDesk desk;

  @Activate
  public ChannelComponent(
      @Reference Workers workers,
      @Reference Identity identity,
      @Reference Collector collector,
      @Reference Consent consent,
      @Reference Grace grace,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference ChainedJournal journal,
      @Reference CrashLog crashes,
      @Reference UpgradeLog upgrades,
      ChannelConfig config,
      Map<String, Object> properties) {
    String name = ChannelName.of(properties);
    Clock clock = Clock.systemUTC();
    settings = new Settings("etc/" + ChannelConfig.PID + "-" + name + ".cfg", log::error);
    Gates gates = new Gates(name, consent, grace, plugins, clock);
    Reporter reporter = new Reporter(collector);
    Agenda timed = new TimedAgenda(name, identity, outbox, reporter, clock);
    Pace pace = new Pace(workers, clock);
    UiFormat format = new UiFormat(name, identity, reporter, clock);
    desk = new UiDesk(name, gates, plugins, format, outbox, journal, pace, clock);
    Agendas agendas =
        new Agendas(
            timed,
            new CrashAgenda(name, crashes, outbox, reporter, clock),
            new StartAgenda(name, timed, outbox, clock),
            new UiAgenda(name, outbox, plugins, desk, pace, clock));
    Replies replies = new Replies(plugins, upgrades);
    Courier courier = new Courier(name, outbox, journal, consent, workers, replies, clock);
    Backoff backoff = Backoff.usual(RandomGenerator.getDefault());
    Runner runner = new Runner(name, outbox, gates, agendas, courier, backoff, clock);
    channel =
        new Channel(
            name,
            ChannelSettings.read(settings, config),
            workers,
            gates,
            plugins,
            agendas,
            courier,
            runner,
            clock);
    stopListeningToConsent = consent.onChange(channel::changed);
    stopListeningToPlugins = plugins.onChange(channel::changed);
    stopListeningToCrashes = crashes.onChange(channel::begin);
    pace.onTime(channel::begin);
    stopPace = pace::stop;
    channel.begin();
  }

  @Modified
  void modified(ChannelConfig config) {
    channel.configure(ChannelSettings.read(settings, config));
  }

  @Deactivate
  void close() {
    stopListeningToConsent.run();
    stopListeningToPlugins.run();
    stopListeningToCrashes.run();
    stopPace.run();
    channel.close();
  }

  /**
   * Takes what people did in a product's web page; empty when that is nothing that the channel
   * reports.
   */
  Optional<UiIntake.Taken> take(List<UiEvent> events) throws IOException {
    Optional<ChannelSettings> now =
        channel.settings().filter(settings -> settings.report() == ReportKind.UI);
    return now.isPresent() ? Optional.of(desk.take(now.get(), events)) : Optional.empty();
  }

  Channel channel() {
    return channel;
  }
}
