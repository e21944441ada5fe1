package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.candor.itest.harness.Envelope;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SentryServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Candor itself is killed while what it watches crashes: each crash is reported, and once. */
class CrashKillIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("crash-kill");

  private static final Duration SOON = Duration.ofSeconds(30);

  private final KarafInstance karaf = KARAF.get();

  @Test
  void crashesThatFallIntoAKillAreReportedOnce() throws Exception {
    try (SentryServer sentry = new SentryServer()) {
      Path pid = karaf.base().resolve("data/tmp/child.pid");
      karaf.etc().set("org.candor.consent", "grace", "0");
      karaf.etc().set("org.candor.channel-sentry", "interval", "30d");
      karaf.etc().set("org.candor.sink.sentry", "dsn", sentry.dsn());
      karaf
          .etc()
          .write(
              "org.candor.source.crash-orphan",
              "command = sh -c 'echo $$ > %s; exec sleep 1000'\nrestart = never\n".formatted(pid));
      karaf.boot();
      long child = child(pid);
      karaf.killAlone();
      assertThat(ProcessHandle.of(child)).as("goes on without its Karaf").isPresent();
      new ProcessBuilder("kill", "-ABRT", String.valueOf(child)).start().waitFor();
      ProcessHandle.of(child).ifPresent(CrashKillIT::awaitEnd);

      sentry.answers(503, "", "later");
      karaf.boot();
      Eventually.await("both crashes tried", SOON, sentry::seen, seen -> !seen.isEmpty());
      karaf.kill();

      sentry.takes();
      karaf.boot();
      Eventually.await("all crashes", SOON, sentry::taken, taken -> taken.size() >= 3);
      karaf.channel("sentry-crash");
      Eventually.await(
          "nothing queued",
          SOON,
          () -> karaf.channel("sentry-crash"),
          channel -> channel.get("queued").getAsInt() == 0);
      List<Envelope> taken = sentry.taken();
      assertThat(taken).extracting(Envelope::id).doesNotHaveDuplicates();
      assertThat(taken)
          .extracting(Envelope::component)
          .containsExactlyInAnyOrder("orphan", "karaf", "karaf");
      Envelope orphan =
          taken.stream().filter(e -> e.component().equals("orphan")).findFirst().orElseThrow();
      assertThat(orphan.mechanism().getAsJsonObject("meta").toString()).contains("SIGABRT");
      assertThat(sentry.seen())
          .filteredOn(envelope -> envelope.component().equals("orphan"))
          .extracting(Envelope::id)
          .containsOnly(orphan.id());
    }
  }

  private static long child(Path pid) throws Exception {
    return Long.parseLong(
        Eventually.await(
                "the watched process",
                SOON,
                () -> Files.exists(pid) ? Files.readString(pid).strip() : "",
                text -> !text.isEmpty())
            .strip());
  }

  private static void awaitEnd(ProcessHandle process) {
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
