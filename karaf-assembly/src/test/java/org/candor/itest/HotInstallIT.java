package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The channel's feature goes and comes while everything else runs. */
@Tag("measures")
class HotInstallIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss,SSS");

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
  }

  @AfterEach
  void close() throws Exception {
    segment.close();
  }

  @Test
  void channelIsActiveWithinASecondOfTheResolver() throws Exception {
    segment.send();
    segment.awaitDelivery();
    List<Duration> times = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      karaf.run("feature:uninstall candor-segment");
      karaf.run("feature:install candor-segment");
      karaf.awaitState("active", Duration.ofSeconds(10));
      times.add(Duration.between(resolved(), Instant.now()));
    }
    System.out.println("Hot install, from the resolver's last line to state active: " + times);
    assertThat(times).allMatch(time -> time.compareTo(Duration.ofSeconds(1)) <= 0);
  }

  @Test
  void theSentryChannelsAreActiveWithinASecondToo() throws Exception {
    try (SharedSentry sentry = new SharedSentry(karaf)) {
      karaf.run("feature:uninstall candor-sentry");
      karaf.run("feature:install candor-sentry");
      Eventually.await(
          "state active",
          Duration.ofSeconds(10),
          () -> karaf.channel("sentry-crash").get("state").getAsString(),
          "active"::equals);
      Duration time = Duration.between(resolved(), Instant.now());
      System.out.println("Hot install of the Sentry channels: " + time);
      assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(1));
      karaf.run("telemetry:send sentry");
      assertThat(sentry.server().taken()).hasSize(1);
    }
  }

  /** When the features' resolver was last done and began to install. */
  private Instant resolved() throws Exception {
    return karaf.log().stream()
        .filter(line -> line.endsWith("Changes to perform:"))
        .reduce((earlier, later) -> later)
        .map(line -> LocalDateTime.parse(line.substring(0, 23), LOG_TIME))
        .orElseThrow()
        .atZone(ZoneId.systemDefault())
        .toInstant();
  }

  @Test
  void whatIsQueuedStaysWhileTheFeatureIsAwayAndLeavesWhenItIsBack() throws Exception {
    segment.server().answers(503, "", "busy");
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    Batch refused = segment.server().seen().get(0);
    assertThat(SharedSegment.queued(karaf.channel())).isEqualTo(1);

    karaf.run("feature:uninstall candor-segment");
    assertThat(SharedSegment.state(karaf.channel())).isIn("no-formatter", "no-sink");
    assertThat(SharedSegment.queued(karaf.channel())).isEqualTo(1);
    segment.server().takes();
    karaf.run("feature:install candor-segment");

    segment.awaitDelivery();
    assertThat(segment.server().takenIds()).isEqualTo(refused.messageIds());
  }
}
