package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.candor.http.testing.SocketServer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.ProbeBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feature that is uninstalled leaves no thread and no class loader. */
@Tag("long")
class CleanRemovalIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String MORE =
      "candor-sentry candor-dns candor-crash candor-storageos candor-dcos candor-file"
          + " candor-receiver candor-console candor-rest";
  private static final Duration COLLECTED = Duration.ofSeconds(30);
  private static final String CHANNELS = "candor-segment candor-sentry candor-dns candor-crash";
  private static final int CYCLES = 20;
  private static final String CHILD = "org.candor.source.crash-removed";
  private static final String[] NONE = {};

  /** Threads that come and go with this test's own sessions and with Karaf's own work. */
  private static final Pattern OF_KARAF =
      Pattern.compile(
          "(sshd|RMI|SCR Component|features-|activator-|pipe-|Karaf|JMX|FelixFrameworkWiring"
              + "|itest-probe|Attach Listener|process reaper|Felix).*"
              + "|.*session-.*");

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;
  private ProbeBundle probe;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    probe = new ProbeBundle(karaf);
  }

  @AfterEach
  void close() throws Exception {
    karaf.run("bundle:uninstall org.candor.itest.probe");
    karaf.run("feature:install candor-console candor-rest " + CHANNELS);
    karaf.awaitState("active", Duration.ofSeconds(10));
    segment.close();
  }

  @Test
  void everyFeatureGoesWithoutATrace() throws Exception {
    karaf.run("feature:uninstall candor-console candor-rest " + CHANNELS);
    List<String> before = threads();
    Path folder = Files.createDirectories(karaf.base().resolve("data/tmp/messages"));
    int port = KarafInstance.freePort();
    try (SocketServer dcos =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.answer(500, "", "oops");
            })) {
      String url = dcos.uri("").toString();
      int dns = KarafInstance.freePort();
      karaf.etc().write("org.candor.receiver", "port = %d\ndnsPort = %d\n".formatted(port, dns));
      karaf
          .etc()
          .set("org.candor.sink.dns", Map.of("zone", "v.test", "resolver", "127.0.0.1:" + dns));
      karaf.etc().write("org.candor.sink.file", "directory = " + folder + "\n");
      karaf
          .etc()
          .write(
              "org.candor.source.dcos",
              "diagnosticsUrl = %1$s\ncosmosUrl = %1$s\nmesosUrl = %1$s\nsignalConfig = %2$s\n"
                  .formatted(url, folder.resolve("dcos-signal-config.json")));
      karaf
          .etc()
          .write(
              "org.candor.source.storageos",
              "apiUrl = %s\napi = v1\nusername = u\npassword = p\n".formatted(url));
      karaf.etc().write(CHILD, "command = sleep 1000\ncomponent = removed\nrestart = always\n");
      karaf.etc().set("org.candor.sink.sentry", "dsn", "http://key@127.0.0.1:" + port + "/1");
      karaf.run("feature:install candor-segment " + MORE);
      karaf.awaitState("active", Duration.ofSeconds(10));
      assertThat(
              probe.ask(
                  "hold org\\.candor\\.(format|sink|http|receiver|rest|console"
                      + "|source\\.(dcos|storageos|crash)).*"))
          .containsExactlyInAnyOrder(
              "org.candor.format.dns",
              "org.candor.format.segment",
              "org.candor.format.sentry",
              "org.candor.sink.dns",
              "org.candor.sink.segment",
              "org.candor.sink.sentry",
              "org.candor.sink.file",
              "org.candor.http",
              "org.candor.console",
              "org.candor.receiver",
              "org.candor.rest",
              "org.candor.source.crash",
              "org.candor.source.dcos",
              "org.candor.source.storageos");
      segment.pointTo("http://127.0.0.1:" + port);
      KarafInstance.awaitPort(port);
      segment.send();
      karaf.run("telemetry:send sentry");
      karaf.run("telemetry:send dns");
      Eventually.await(
          "the child", Duration.ofSeconds(10), () -> child().count(), count -> count == 1);
      child().forEach(CleanRemovalIT::kill);
      Eventually.await(
          "the crash",
          Duration.ofSeconds(10),
          () -> karaf.run("telemetry:received --json").out(),
          received -> received.contains("SIGSEGV"));
      Eventually.await(
          "the cluster to be asked",
          Duration.ofSeconds(10),
          () -> {
            segment.send();
            return dcos.requests();
          },
          requests -> !requests.isEmpty());
      assertThat(karaf.run("telemetry:received --json").json().getAsJsonArray()).isNotEmpty();
      karaf.etc().set("org.candor.channel-segment", "sink", "file");
      Eventually.await(
          "endpoint " + folder,
          Duration.ofSeconds(6),
          karaf::channel,
          channel -> channel.get("endpoint").getAsString().contains(folder.toString()));
      segment.send();
      assertThat(folder).isNotEmptyDirectory();
    } finally {
      karaf.etc().set("org.candor.channel-segment", "sink", "segment");
      karaf.run("feature:uninstall candor-segment " + MORE);
      Files.deleteIfExists(karaf.etc().file(CHILD));
      karaf.etc().set("org.candor.sink.sentry", "dsn", "");
      karaf.etc().set("org.candor.sink.dns", "zone", "");
    }
    assertThat(child()).as("the watched process").isEmpty();

    long begin = System.nanoTime();
    Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
    System.out.println(
        "Class loaders of fourteen bundles collected after "
            + Duration.ofNanos(System.nanoTime() - begin));
    assertThat(threads()).isSubsetOf(before);
    assertThat(threads())
        .filteredOn(name -> name.startsWith("candor-"))
        .as("the core's own, which stays")
        .isSubsetOf("candor-clock", "candor-work-#");
  }

  @Test
  void theWatchOfTheClusterSpecificationGoesWithoutATrace() throws Exception {
    String pid = "org.candor.source.kubernetes";
    karaf.run("feature:install candor-kubernetes");
    try (SocketServer api =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.hang();
            })) {
      assertThat(probe.ask("hold org\\.candor\\.source\\.kubernetes")).containsExactly(pid);
      karaf.etc().set(pid, Map.of("apiUrl", api.uri("").toString(), "namespace", "n"));
      api.awaitVisit();
      karaf.run("feature:uninstall candor-kubernetes");
      assertThat(threads()).doesNotContain("candor-kubernetes");
      Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
    } finally {
      Files.deleteIfExists(karaf.etc().file(pid));
    }
  }

  @Test
  void twentyTimesLeaveAsMuchAsOnce() throws Exception {
    List<Long> classes = new ArrayList<>();
    List<Long> metaspace = new ArrayList<>();
    // They keep http, whose going is to be seen too.
    karaf.run("feature:uninstall candor-console candor-rest");
    try (SharedSentry sentry = new SharedSentry(karaf)) {
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        probe.ask("hold org\\.candor\\.(format|sink|http|source\\.crash).*");
        segment.send();
        karaf.run("telemetry:send sentry");
        karaf.run("feature:uninstall " + CHANNELS);
        if (cycle % 5 == 4) {
          Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
          List<String> loaded = probe.ask("classes");
          classes.add(Long.parseLong(loaded.get(0)));
          metaspace.add(Long.parseLong(loaded.get(1)));
        }
        karaf.run("feature:install " + CHANNELS);
        karaf.awaitState("active", Duration.ofSeconds(10));
      }
      assertThat(sentry.server().taken()).hasSize(CYCLES);
    }
    System.out.println("Every five cycles: classes " + classes + ", metaspace " + metaspace);
    assertThat(classes.get(3) - classes.get(1)).as("%s", classes).isLessThan(60);
    assertThat(metaspace.get(3) - metaspace.get(1)).as("%s", metaspace).isLessThan(1 << 20);
  }

  /** What the watched command has become. */
  private Stream<ProcessHandle> child() {
    return ProcessHandle.of(karaf.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> process.info().command().orElse("").endsWith("/sleep"))
        .filter(process -> List.of(process.info().arguments().orElse(NONE)).contains("1000"));
  }

  private static void kill(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-SEGV", String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> threads() throws Exception {
    return probe.ask("threads").stream()
        .filter(name -> !OF_KARAF.matcher(name).matches())
        .map(name -> name.replaceAll("\\d+", "#"))
        .sorted()
        .toList();
  }
}
