package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.candor.http.testing.SocketServer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.ProbeBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feature that is uninstalled leaves no thread and no class loader. */
class CleanRemovalIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String MORE = "candor-dcos candor-file candor-receiver";
  private static final Duration COLLECTED = Duration.ofSeconds(90);
  private static final int CYCLES = 20;

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
    karaf.run("feature:install candor-segment");
    karaf.awaitState("active", Duration.ofSeconds(10));
    segment.close();
  }

  @Test
  void everyFeatureGoesWithoutATrace() throws Exception {
    karaf.run("feature:uninstall candor-segment");
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
      karaf.etc().write("org.candor.receiver", "port = " + port + "\n");
      karaf.etc().write("org.candor.sink.file", "directory = " + folder + "\n");
      karaf
          .etc()
          .write(
              "org.candor.source.dcos",
              "diagnosticsUrl = %s\ncosmosUrl = %s\nmesosUrl = %s\n".formatted(url, url, url));
      karaf.run("feature:install candor-segment " + MORE);
      karaf.awaitState("active", Duration.ofSeconds(10));
      assertThat(probe.ask("hold org\\.candor\\.(format|sink|http|receiver|source\\.dcos).*"))
          .containsExactlyInAnyOrder(
              "org.candor.format.segment",
              "org.candor.sink.segment",
              "org.candor.sink.file",
              "org.candor.http",
              "org.candor.receiver",
              "org.candor.source.dcos");
      segment.pointTo("http://127.0.0.1:" + port);
      KarafInstance.awaitPort(port);
      segment.send();
      assertThat(dcos.requests()).as("the cluster was asked").isNotEmpty();
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
    }

    long begin = System.nanoTime();
    Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
    System.out.println(
        "Class loaders of six bundles collected after "
            + Duration.ofNanos(System.nanoTime() - begin));
    assertThat(threads()).isSubsetOf(before);
    assertThat(threads())
        .filteredOn(name -> name.startsWith("candor-"))
        .as("the core's own, which stays")
        .isSubsetOf("candor-clock", "candor-work-#");
  }

  @Test
  void twentyTimesLeaveAsMuchAsOnce() throws Exception {
    List<Long> classes = new ArrayList<>();
    List<Long> metaspace = new ArrayList<>();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      probe.ask("hold org\\.candor\\.(format|sink|http).*");
      segment.send();
      karaf.run("feature:uninstall candor-segment");
      if (cycle % 5 == 4) {
        Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
        List<String> loaded = probe.ask("classes");
        classes.add(Long.parseLong(loaded.get(0)));
        metaspace.add(Long.parseLong(loaded.get(1)));
      }
      karaf.run("feature:install candor-segment");
      karaf.awaitState("active", Duration.ofSeconds(10));
    }
    System.out.println("Every five cycles: classes " + classes + ", metaspace " + metaspace);
    assertThat(classes.get(3) - classes.get(1)).as("%s", classes).isLessThan(60);
    assertThat(metaspace.get(3) - metaspace.get(1)).as("%s", metaspace).isLessThan(1 << 20);
  }

  private List<String> threads() throws Exception {
    return probe.ask("threads").stream()
        .filter(name -> !OF_KARAF.matcher(name).matches())
        .map(name -> name.replaceAll("\\d+", "#"))
        .sorted()
        .toList();
  }
}
