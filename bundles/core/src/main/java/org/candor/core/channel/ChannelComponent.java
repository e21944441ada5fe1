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
import org.candor.core.collect.Collector;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.forget.Forgetter;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.told.ToldFields;
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
      @Reference Workers workers,
      @Reference Identity identity,
      @Reference Collector collector,
      @Reference Consent consent,
      @Reference Grace grace,
      @Reference ToldFields told,
      @Reference Plugins plugins,
      @Reference Outbox outbox,
      @Reference ChainedJournal journal,
      @Reference CrashLog crashes,
      @Reference UpgradeLog upgrades,
      @Reference HistoryLog history,
      @Reference Forgetter forgetter,
      ChannelConfig config,
      Map<String, Object> properties) {
    String name = InstanceName.of(ChannelConfig.PID, properties).text();
    Clock clock = Clock.systemUTC();
    settings = new Settings("etc/" + ChannelConfig.PID + "-" + name + ".cfg", log::error);
    current = ChannelSettings.read(settings, config);
    FieldGate fields = new FieldGate(name, told);
    Gates gates = new Gates(name, consent, grace, fields, plugins, clock);
    Reporter reporter = new Reporter(collector, fields);
    Replies replies = new Replies(name, plugins, upgrades, outbox);
    Backoff backoff = Backoff.usual(RandomGenerator.getDefault());
    factory =
        () -> {
          Agenda timed = new TimedAgenda(name, identity, outbox, reporter, clock);
          Pace pace = new Pace(workers, clock);
          UiFormat format = new UiFormat(name, identity, reporter, clock);
          UiDesk desk = new UiDesk(name, gates, plugins, format, outbox, journal, pace, clock);
          Agendas agendas =
              new Agendas(
                  timed,
                  new CrashAgenda(name, crashes, outbox, reporter, clock),
                  new DailyAgenda(name, identity, timed, outbox, clock),
                  new UiAgenda(name, outbox, plugins, desk, pace, clock));
          Courier courier = new Courier(name, outbox, journal, consent, workers, replies, clock);
          Runner runner = new Runner(name, outbox, gates, agendas, courier, backoff, clock);
          return new Working(
              new Channel(
                  name, current, workers, gates, fields, plugins, agendas, courier, runner, history,
                  clock),
              desk,
              pace);
        };
    synchronized (this) {
      // Whoever forgets in between waits for the channel that is to be made anew.
      Runnable stopForgetting = forgetter.onForget(new Anew());
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
  private record Working(Channel channel, UiDesk desk, Pace pace) {

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
  private final class Anew implements Forgetter.Listener {

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
