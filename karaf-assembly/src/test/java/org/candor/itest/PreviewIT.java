package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.candor.itest.harness.Envelope;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What {@code telemetry:preview} shows is what arrives, also of a crash and of the question for a
 * newer version. For {@code segment} and {@code sentry} see {@link DeliveryIT} and {@link
 * SentryIT}.
 */
class PreviewIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String RECORDS = "org.candor.source.crash-records";
  private static final String DNS = "org.candor.sink.dns";

  private final KarafInstance karaf = KARAF.get();

  @Test
  void aCrashArrivesAsItIsPreviewed() throws Exception {
    Path folder = Files.createDirectories(karaf.base().resolve("data/tmp/previewed"));
    // A crash does not wait long for sources that were never asked.
    karaf.run("telemetry:preview segment");
    try (SharedSentry sentry = new SharedSentry(karaf)) {
      karaf.etc().write(RECORDS, "directory = " + folder + "\n");
      Path part =
          Files.writeString(
              folder.resolveSibling("previewed.part"),
              """
              {"component":"previewed","exitCode":3,"message":"lost jane@acme.com",
               "exceptions":[{"type":"java.lang.Error","message":"/home/jane is full",
                 "frames":[{"class":"a.B","method":"c","file":"B.java","line":7}]}]}""");
      Files.move(part, folder.resolve("previewed.json"), StandardCopyOption.ATOMIC_MOVE);
      Envelope arrived =
          sentry
              .server()
              .await("the crash", SOON, crash -> crash.component().equals("previewed"))
              .envelope();
      Envelope preview = new Envelope(karaf.run("telemetry:preview sentry-crash").out());
      assertThat(preview.withoutIdsAndTimes().strip())
          .isEqualTo(arrived.withoutIdsAndTimes().strip());
      assertThat(preview.id()).as("of one crash").isEqualTo(arrived.id());
      assertThat(arrived.text()).contains("<mail>", "<path>").doesNotContain("jane", "acme");
    } finally {
      Files.deleteIfExists(karaf.etc().file(RECORDS));
    }
  }

  @Test
  void theQuestionForANewerVersionIsAskedAsItIsPreviewed() throws Exception {
    int port = KarafInstance.freePort();
    int dnsPort = KarafInstance.freePort();
    karaf.etc().write("org.candor.receiver", "port = %d\ndnsPort = %d\n".formatted(port, dnsPort));
    karaf.run("feature:install candor-receiver");
    try {
      KarafInstance.awaitPort(port);
      karaf.etc().set(DNS, Map.of("resolver", "127.0.0.1:" + dnsPort, "zone", "preview.test"));
      // A zone makes it ask at once, as after every start.
      Eventually.await("the first question", SOON, this::questions, asked -> !asked.isEmpty());
      int before = questions().size();
      String preview = karaf.run("telemetry:preview dns").out().strip();
      karaf.run("telemetry:send dns");
      List<String> asked =
          Eventually.await("one more", SOON, this::questions, all -> all.size() > before);
      assertThat(preview).contains(".v1.preview.test. IN TXT");
      // A question has no id and no time of its own: it is the same to the last byte.
      assertThat(asked).allMatch(name -> (name + ". IN TXT").equals(preview));
    } finally {
      karaf.etc().set(DNS, Map.of("zone", "", "resolver", ""));
      karaf.run("feature:uninstall candor-receiver");
    }
  }

  private List<String> questions() throws Exception {
    return karaf.run("telemetry:received --json").json().getAsJsonArray().asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(entry -> entry.get("channel").getAsString().equals("dns"))
        .map(PreviewIT::body)
        .toList();
  }

  private static String body(JsonObject entry) {
    return entry.get("body").getAsString();
  }
}
