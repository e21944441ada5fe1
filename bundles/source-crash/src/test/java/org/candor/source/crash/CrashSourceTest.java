package org.candor.source.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.source.crash.command.CommandSettings;
import org.candor.source.crash.command.Restart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CrashSourceTest {

  private static final Keys NONE = new Keys(Map.of());

  @TempDir Path base;

  private final List<String> refused = new ArrayList<>();

  @Test
  void aCommandHasDefaults() {
    assertThat(reader().read(NONE.with("command", "java -jar 'my app.jar'")))
        .isEqualTo(
            new Watching.Command(
                new CommandSettings(
                    "web",
                    List.of("java", "-jar", "my app.jar"),
                    Restart.ON_FAILURE,
                    Duration.ofSeconds(1),
                    Optional.empty(),
                    base)));
    assertThat(refused).isEmpty();
  }

  @Test
  void everyKeyCounts() {
    Keys keys =
        NONE.with("command", "x")
            .with("component", "front")
            .with("restart", "always")
            .with("restartDelay", "5s")
            .with("output", "data/log/x.log")
            .with("workingDirectory", "/srv");
    assertThat(reader().read(keys))
        .isEqualTo(
            new Watching.Command(
                new CommandSettings(
                    "front",
                    List.of("x"),
                    Restart.ALWAYS,
                    Duration.ofSeconds(5),
                    Optional.of(base.resolve("data/log/x.log")),
                    Path.of("/srv"))));
  }

  @Test
  void aFolderMayBeRelative() {
    assertThat(reader().read(NONE.with("directory", "var/crashes")))
        .isEqualTo(new Watching.Directory(base.resolve("var/crashes"), 1_200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unit | nginx.service | source-systemd",
        "command | java 'x | every quote closed",
        "directory | a@b | allowed is a path",
        "'' | '' | Set command or directory"
      })
  void whatIsWrongIsSaidAndNothingIsWatched(String key, String value, String why) {
    Keys keys = key.isEmpty() ? NONE : NONE.with(key, value.replace("@", "\0"));
    assertThat(reader().read(keys)).isEqualTo(new Watching.Nothing());
    assertThat(refused)
        .anyMatch(
            line -> line.startsWith("etc/org.candor.source.crash-web.cfg: ") && line.contains(why));
  }

  @Test
  void onlyOneThingIsWatched() {
    Keys both = NONE.with("command", "x").with("directory", "y");
    assertThat(reader().read(both)).isEqualTo(new Watching.Nothing());
    assertThat(refused).singleElement().asString().contains("allowed is one of them");
  }

  @Test
  void theLastGoodValueStays() {
    WatchingReader reader = reader();
    Keys good = NONE.with("command", "x").with("restart", "never").with("restartDelay", "2s");
    Watching first = reader.read(good);
    Keys bad = NONE.with("command", "x '").with("restart", "perhaps").with("restartDelay", "soon");
    assertThat(reader.read(bad)).isEqualTo(first);
    assertThat(refused).hasSize(3);
  }

  @Test
  void whatIsWatchedMayChangeItsKind() throws Exception {
    FakeIntake intake = new FakeIntake();
    CrashSource source =
        new CrashSource(
            "web",
            new Home(base),
            intake.handover(),
            NONE.with("command", "sh -c 'exit 3'").with("restart", "never"),
            Clock.systemUTC());
    try {
      assertThat(intake.await(1)).extracting(Crash::component).containsExactly("web");

      Path folder = Files.createDirectory(base.resolve("crashes"));
      Files.writeString(folder.resolve("a.json"), "{\"component\":\"other\"}");
      source.modified(NONE.with("directory", "crashes"));
      assertThat(intake.await(2)).extracting(Crash::component).containsExactly("web", "other");

      source.modified(NONE.with("command", "sh -c 'exit 4'").with("restart", "never"));
      source.modified(NONE.with("command", "sh -c 'exit 5'").with("restart", "never"));
      Eventually.is(
          () -> intake.taken().stream().anyMatch(crash -> crash.exitCode().equals(Optional.of(5))));
    } finally {
      source.deactivate();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("candor-"));
  }

  private WatchingReader reader() {
    return new WatchingReader("web", base, refused::add);
  }

  /** What stands in the configuration file. */
  private record Keys(Map<String, String> all) implements Config {

    Keys with(String key, String value) {
      Map<String, String> more = new java.util.HashMap<>(all);
      more.put(key, value);
      return new Keys(more);
    }

    private String get(String key) {
      return all.getOrDefault(key, "");
    }

    @Override
    public String unit() {
      return get("unit");
    }

    @Override
    public String command() {
      return get("command");
    }

    @Override
    public String directory() {
      return get("directory");
    }

    @Override
    public String maxPerMinute() {
      return all.getOrDefault("maxPerMinute", Config.MAX_PER_MINUTE);
    }

    @Override
    public String component() {
      return get("component");
    }

    @Override
    public String restart() {
      return all.getOrDefault("restart", Config.RESTART);
    }

    @Override
    public String restartDelay() {
      return all.getOrDefault("restartDelay", Config.RESTART_DELAY);
    }

    @Override
    public String output() {
      return get("output");
    }

    @Override
    public String workingDirectory() {
      return get("workingDirectory");
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
