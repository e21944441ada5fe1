package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SentryServer.Arrival;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes die, and a Sentry learns of it. */
@Tag("measures")
class CrashIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String RECORDS = "org.candor.source.crash-records";
  private static final String CHILD = "org.candor.source.crash-child";

  private final KarafInstance karaf = KARAF.get();
  private SharedSentry sentry;

  @BeforeEach
  void open() throws Exception {
    sentry = new SharedSentry(karaf);
  }

  @AfterEach
  void close() throws Exception {
    Files.deleteIfExists(karaf.etc().file(RECORDS));
    Files.deleteIfExists(karaf.etc().file(CHILD));
    karaf.run("telemetry:enable errors");
    sentry.close();
  }

  @Test
  void aCommandThatIsKilledBySegvIsReportedOnceWithSignalExitCodeAndCoreDump() throws Exception {
    karaf
        .etc()
        .write(
            CHILD,
            "command = sh -c 'ulimit -c 0; kill -SEGV $$'\ncomponent = child-1\nrestart = never\n");
    Arrival arrival =
        sentry.server().await("the crash", SOON, crash -> crash.component().equals("child-1"));
    JsonObject mechanism = arrival.envelope().mechanism();
    assertThat(mechanism.getAsJsonObject("meta").getAsJsonObject("signal").toString())
        .isEqualTo("{\"number\":11,\"name\":\"SIGSEGV\"}");
    assertThat(mechanism.getAsJsonObject("data").get("exit_code").getAsInt()).isEqualTo(139);
    assertThat(mechanism.getAsJsonObject("data").has("core_dumped")).isTrue();
    JsonObject listed = sentry.awaitCrash("child-1", "delivered");
    assertThat(listed.getAsJsonObject("signal").get("name").getAsString()).isEqualTo("SIGSEGV");
    assertThat(karaf.run("telemetry:crashes").out()).contains("SIGSEGV (11)", "delivered");
    assertThat(sentry.server().taken()).hasSize(1);
  }

  @Test
  void fromDeathToTheWireItTakesNoQuarterOfASecond() throws Exception {
    Path folder = Files.createDirectories(karaf.base().resolve("data/tmp/times"));
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Path died = folder.resolve("died-" + i);
      String component = "timed-" + i;
      karaf
          .etc()
          .write(
              CHILD,
              """
              command = sh -c 'date +%%s.%%N > %s; kill -KILL $$'
              component = %s
              restart = never
              """
                  .formatted(died, component));
      Arrival arrival =
          sentry.server().await("crash " + i, SOON, crash -> crash.component().equals(component));
      String[] seconds = Files.readString(died).strip().split("\\.");
      Instant death = Instant.ofEpochSecond(Long.parseLong(seconds[0]), Long.parseLong(seconds[1]));
      times.add(Duration.between(death, arrival.at()));
    }
    List<Duration> sorted = times.stream().sorted().toList();
    System.out.println("From a death to the endpoint: " + sorted);
    assertThat(sorted.get(sorted.size() / 2)).isLessThan(Duration.ofMillis(250));
  }

  @Test
  void aRecordThatOthersDropIsReportedScrubbedAndALoopIsCounted() throws Exception {
    Path folder = Files.createDirectories(karaf.base().resolve("data/tmp/records"));
    karaf.etc().write(RECORDS, "directory = " + folder + "\n");
    drop(
        folder,
        "first",
        """
        {"component":"dropped","exitCode":3,"message":"cannot open /home/jane/x for jane@acme.com",
         "exceptions":[{"type":"java.lang.Error","message":"password=hunter2",
           "frames":[{"class":"a.B","method":"c","file":"B.java","line":7}]}]}""");
    Arrival arrival =
        sentry.server().await("the record", SOON, crash -> crash.component().equals("dropped"));
    assertThat(arrival.envelope().text())
        .contains("\"lineno\":7", "cannot open <path>")
        .doesNotContain("jane", "acme", "hunter2");
    JsonObject listed = sentry.awaitCrash("dropped", "delivered");
    assertThat(listed.get("calls").getAsInt()).isEqualTo(1);
    assertThat(listed.has("stack")).isFalse();
    assertThat(karaf.run("telemetry:crashes --json --stack").out())
        .contains("\"stack\":[\"java.lang.Error\",\"at a.B.c(B.java:7)\"]");
    assertThat(karaf.run("telemetry:crashes --stack").out()).contains("  at a.B.c(B.java:7)");

    for (int i = 0; i < 1000; i++) {
      drop(folder, "loop-" + i, "{\"component\":\"flapping\",\"exitCode\":4}");
    }
    Eventually.await(
        "all records taken",
        Duration.ofSeconds(60),
        () -> folder.toFile().list(),
        left -> left.length == 0);
    Eventually.await("the first few", SOON, () -> taken("flapping"), count -> count == 3);
    JsonObject counted = sentry.awaitCrash("flapping", "waiting");
    assertThat(counted.get("count").getAsInt()).isEqualTo(997);
    assertThat(taken("flapping")).isEqualTo(3);
  }

  private long taken(String component) {
    return sentry.server().taken().stream()
        .filter(envelope -> envelope.component().equals(component))
        .count();
  }

  private static void drop(Path folder, String name, String json) throws Exception {
    Path part = Files.writeString(folder.resolveSibling(name + ".part"), json);
    Files.move(part, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void withErrorsForbiddenACrashStaysOnTheListAndLeavesNeverAfter() throws Exception {
    karaf.run("telemetry:disable errors");
    karaf
        .etc()
        .write(CHILD, "command = sh -c 'exit 3'\ncomponent = secret-death\nrestart = never\n");
    JsonObject crash = sentry.awaitCrash("secret-death", "withheld");
    assertThat(crash.get("exitCode").getAsInt()).isEqualTo(3);
    assertThat(karaf.channel("sentry-crash").get("queued").getAsInt()).isZero();
    assertThat(karaf.channel("sentry-crash").get("state").getAsString()).isEqualTo("off");
    karaf.run("telemetry:enable errors");
    karaf.command("telemetry:send sentry-crash");
    sentry.awaitCrash("secret-death", "withheld");
    assertThat(sentry.server().seen()).isEmpty();
  }
}
