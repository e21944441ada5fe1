package org.candor.source.crash;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.InstanceName;
import org.candor.source.crash.command.Supervisor;
import org.candor.source.crash.record.DirectoryWatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command or folder for each {@code etc/org.candor.source.crash-NAME.cfg}. */
@Component(
    service = {CrashSource.class, ConfigurationProblems.class},
    immediate = true,
    configurationPid = Config.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Config.class, factory = true)
public final class CrashSource implements ConfigurationProblems {

  private static final Logger log = LoggerFactory.getLogger(CrashSource.class);

  private final String name;
  private final Home home;
  private final Handover handover;
  private final Clock clock;
  private final WatchingReader reader;
  private Watching watching = new Watching.Nothing();
  private Watcher watcher = Watcher.NONE;

  @Activate
  public CrashSource(@Reference Handover handover, Config config, Map<String, Object> properties) {
    this(
        InstanceName.of(Config.PID, properties).text(),
        Home.ofThisProcess(),
        handover,
        config,
        Clock.systemUTC());
  }

  CrashSource(String name, Home home, Handover handover, Config config, Clock clock) {
    this.name = name;
    this.home = home;
    this.handover = handover;
    this.clock = clock;
    reader = new WatchingReader(name, home.base(), log::error);
    modified(config);
  }

  @Modified
  void modified(Config config) {
    Watching now = reader.read(config);
    if (now.isSame(watching)) {
      return;
    }
    watching = now;
    if (!watcher.adopt(now)) {
      watcher.close();
      watcher = watcher(now);
    }
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return reader.problems();
  }

  @Deactivate
  void deactivate() {
    watcher.close();
  }

  private Watcher watcher(Watching what) {
    if (what instanceof Watching.Command command) {
      return Watcher.of(new Supervisor(name, command.settings(), home, handover, clock).start());
    }
    if (what instanceof Watching.Directory directory) {
      return Watcher.of(
          new DirectoryWatch(name, directory.folder(), directory.perMinute(), handover, clock)
              .start());
    }
    return Watcher.NONE;
  }

  /** What watches. */
  private interface Watcher {

    Watcher NONE = () -> {};

    void close();

    /** Goes on with other settings, if it can. */
    default boolean adopt(Watching other) {
      return false;
    }

    static Watcher of(DirectoryWatch directory) {
      return directory::close;
    }

    static Watcher of(Supervisor supervisor) {
      return new Watcher() {
        @Override
        public void close() {
          supervisor.close();
        }

        @Override
        public boolean adopt(Watching other) {
          if (other instanceof Watching.Command command) {
            supervisor.configure(command.settings());
            return true;
          }
          return false;
        }
      };
    }
  }
}
