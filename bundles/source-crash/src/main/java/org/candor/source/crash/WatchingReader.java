package org.candor.source.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.source.crash.command.CommandLineTokenizer;
import org.candor.source.crash.command.CommandSettings;
import org.candor.source.crash.command.Restart;

/** Reads a configuration file. */
final class WatchingReader {

  private static final Setting<String> UNIT =
      new Setting<>(
          "unit",
          "nothing yet: units of systemd will be watched by source-systemd; until then use command"
              + " or directory",
          text -> {
            if (!text.isEmpty()) {
              throw new IllegalArgumentException(text);
            }
            return text;
          });
  private static final Setting<List<String>> COMMAND =
      new Setting<>(
          "command",
          "a program and its arguments, with every quote closed",
          CommandLineTokenizer::of);
  private static final Setting<Duration> RESTART_DELAY =
      Setting.duration("restartDelay", Duration.ofMillis(10), Duration.ofMinutes(5));
  private static final Setting<Long> MAX_PER_MINUTE = Setting.count("maxPerMinute", 1, 10_000);
  private static final Setting<String> COMPONENT = Setting.text("component");

  private final String name;
  private final Path base;
  private final Settings settings;
  private final Consumer<String> refuse;

  /**
   * @param name of the configuration
   * @param base where relative paths begin
   * @param refuse gets a line for each thing that is refused
   */
  WatchingReader(String name, Path base, Consumer<String> refuse) {
    this.name = name;
    this.base = base;
    this.refuse = refuse;
    settings = new Settings("etc/" + Config.PID + "-" + name + ".cfg", refuse);
    settings.read(Restart.SETTING, Config.RESTART);
    settings.read(RESTART_DELAY, Config.RESTART_DELAY);
    settings.read(MAX_PER_MINUTE, Config.MAX_PER_MINUTE);
    settings.read(path("workingDirectory"), ".");
    settings.read(path("output"), "");
  }

  Watching read(Config config) {
    settings.read(UNIT, config.unit());
    Optional<List<String>> command =
        settings.read(COMMAND, config.command()).filter(words -> !words.isEmpty());
    int perMinute = settings.read(MAX_PER_MINUTE, config.maxPerMinute()).orElseThrow().intValue();
    Optional<Path> directory =
        config.directory().isBlank()
            ? Optional.empty()
            : settings.read(path("directory"), config.directory());
    if (config.directory().isBlank() || command.isEmpty()) {
      settings.accept("directory");
    }
    if (command.isPresent() && directory.isPresent()) {
      settings.refuse(
          "directory",
          directory.get().toString(),
          "one of them, command or directory",
          "Nothing is watched.");
      return new Watching.Nothing();
    }
    if (command.isPresent()) {
      return new Watching.Command(command(config, command.get()));
    }
    if (directory.isPresent()) {
      return new Watching.Directory(directory.get(), perMinute);
    }
    if (config.unit().isBlank()) {
      refuse.accept(settings.file() + ": nothing is watched. Set command or directory.");
    }
    return new Watching.Nothing();
  }

  /** What is refused now. */
  List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  private CommandSettings command(Config config, List<String> words) {
    String component = settings.read(COMPONENT, config.component()).orElseThrow();
    return new CommandSettings(
        component.isEmpty() ? name : component,
        words,
        settings.read(Restart.SETTING, config.restart()).orElseThrow(),
        settings.read(RESTART_DELAY, config.restartDelay()).orElseThrow(),
        config.output().isBlank()
            ? Optional.empty()
            : settings.read(path("output"), config.output()),
        settings.read(path("workingDirectory"), config.workingDirectory()).orElseThrow());
  }

  private Setting<Path> path(String key) {
    return new Setting<>(key, "a path", text -> base.resolve(text).normalize());
  }
}
