package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The outbox cannot grow. The kernel refuses to, as on a full disk, by the limit on a file's size:
 * that needs no rights and no disk of one's own, and prlimit (util-linux) lifts it again.
 */
class FullDiskIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
  }

  @AfterEach
  void close() throws Exception {
    limit("unlimited");
    segment.close();
  }

  @Test
  void nothingIsLostAndAllGoesOnWhenThereIsRoomAgain() throws Exception {
    Path outbox = karaf.base().resolve("var/candor/outbox.mv");
    Path log = karaf.base().resolve("data/log/karaf.log");
    segment.server().answers(503, "", "busy");
    // Beyond the log, which the limit would hold as well.
    while (Files.size(outbox) < 2 * Files.size(log)) {
      assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    }
    long queued = SharedSegment.queued(karaf.channel());
    int lines = karaf.log().size();
    limit(String.valueOf(Files.size(outbox)));

    JsonObject channel =
        Eventually.await(
            "a commit that fails",
            Duration.ofSeconds(20),
            () -> {
              assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
              return karaf.channel();
            },
            status -> status.get("advice").getAsString().contains("cannot write"));
    assertThat(SharedSegment.state(channel)).isEqualTo("failing");
    assertThat(channel.get("advice").getAsString()).contains("outbox.mv", "File too large");
    assertThat(SharedSegment.queued(channel)).isGreaterThanOrEqualTo(queued);
    for (int i = 0; i < 10; i++) {
      karaf.command("telemetry:send segment");
    }
    assertThat(karaf.log().stream().skip(lines).filter(line -> line.contains("ERROR")))
        .as("said once, not with every attempt")
        .hasSizeLessThanOrEqualTo(3);
    long accepted = SharedSegment.queued(karaf.channel());

    limit("unlimited");
    segment.server().takes();
    karaf.run("telemetry:send segment");
    segment.awaitDelivery();
    Set<String> taken = new TreeSet<>(segment.server().takenIds());
    assertThat(taken)
        .as("every report that was accepted, and the last one")
        .hasSizeGreaterThanOrEqualTo((int) accepted + 1);
    segment.server().seen().forEach(batch -> assertThat(taken).containsAll(batch.messageIds()));
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");
  }

  private void limit(String bytes) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                "prlimit", "--pid", String.valueOf(karaf.pid()), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(prlimit.exitValue()).as("prlimit --fsize=%s:", bytes).isZero();
  }
}
