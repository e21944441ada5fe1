package org.candor.core.channel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.InstanceName;
import org.candor.api.settings.Settings;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventIntake;
import org.candor.core.plugin.ChannelConfig;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.reset.ResetCoordinator;
import org.candor.core.reset.ResetListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lifecycle of a channel: one for each {@code etc/org.candor.channel-NAME.cfg}. */
@Component(
    service = {ChannelComponent.class, ConfigurationProblems.class},
    configurationPid = ChannelConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChannelConfig.class, factory = true)
public final class ChannelComponent implements ConfigurationProblems {

  private static final Logger log = LoggerFactory.getLogger(ChannelComponent.class);

  private final String name;
  private final ChannelFactory factory;
  private final Settings settings;
  private final List<Runnable> closeActions;
  private volatile Optional<ChannelSettings> current;
  private volatile RunnableChannel running;
  private boolean closed;

  @Activate
  public ChannelComponent(
      @Reference ChannelFactory factory,
      @Reference ResetCoordinator resets,
      ChannelConfig config,
      Map<String, Object> properties) {
    this.name = InstanceName.of(ChannelConfig.PID, properties).text();
    this.factory = factory;
    settings = new Settings("etc/" + ChannelConfig.PID + "-" + name + ".cfg", log::error);
    current = ChannelSettings.read(settings, config);
    synchronized (this) {
      // Whoever resets in between waits for the channel that is to be made anew.
      Runnable stopResets = resets.onReset(new NextGeneration());
      running = factory.channel(name, current);
      closeActions =
          List.of(
              stopResets,
              factory.listen(
                  () -> channel().changed(),
                  () -> channel().begin(),
                  server -> channel().reached(server)));
      running.begin();
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
    closeActions.forEach(Runnable::run);
    synchronized (this) {
      closed = true;
      running.close();
    }
  }

  /**
   * Takes what people did in a product's web page; empty when that is nothing that the channel
   * reports.
   */
  Optional<WebEventIntake.Taken> take(List<WebEvent> events) throws IOException {
    Optional<ChannelSettings> now =
        channel().settings().filter(settings -> settings.report() == ReportKind.UI);
    return now.isPresent()
        ? Optional.of(running.events().receiver().take(now.get(), events))
        : Optional.empty();
  }

  Channel channel() {
    return running.channel();
  }

  /** After a reset the channel is another one. */
  private final class NextGeneration implements ResetListener {

    @Override
    public void stop() {
      synchronized (ChannelComponent.this) {
        running.close();
      }
    }

    @Override
    public void begin() {
      synchronized (ChannelComponent.this) {
        if (!closed) {
          running = factory.channel(name, current);
          running.begin();
        }
      }
    }
  }
}
