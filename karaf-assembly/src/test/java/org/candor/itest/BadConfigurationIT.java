package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad value in etc is refused in one line, and the last good one stays. */
class BadConfigurationIT {

  private static final Duration OBEYED = Duration.ofSeconds(10);

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    segment.send();
    segment.awaitDelivery();
  }

  @AfterEach
  void close() throws Exception {
    segment.close();
  }

  @ParameterizedTest
  @CsvSource({
    "org.candor.channel-segment, interval, soon, a number with ms",
    "org.candor.channel-segment, purpose, fun, usage",
    "org.candor.sink.segment, endpoint, htp:/x, https://",
    "org.candor.sink.segment, gzip, maybe, true",
    "org.candor.http, requestTimeout, never, a number with ms",
    "org.candor.http, caFile, /no/such/file, a PEM file",
    "org.candor.store, maxBytes, lots, a number of bytes",
    "org.candor.store, directory, /proc/nope, a folder that",
  })
  void isRefusedWithFileKeyValueAndWhatIsAllowed(
      String pid, String key, String value, String allowed) throws Exception {
    JsonObject before = karaf.channel();
    String good = karaf.etc().text(pid);
    int lines = karaf.log().size();
    karaf.etc().set(pid, key, value);
    String sentence = "etc/" + pid + ".cfg: " + key + " = " + value + " is refused; allowed is ";
    try {
      String line =
          Eventually.await(
                  "a line: " + sentence,
                  Duration.ofSeconds(6),
                  () -> said(lines, sentence),
                  said -> !said.isEmpty())
              .get(0);
      assertThat(line).contains("ERROR", allowed, "It stays ");
      segment.send();
      JsonObject after = karaf.channel();
      for (String unchanged : List.of("state", "endpoint", "next", "purpose")) {
        assertThat(after.get(unchanged)).as(unchanged).isEqualTo(before.get(unchanged));
      }
      assertThat(said(lines, sentence)).hasSize(1);
      String listed = "etc/" + pid + ".cfg: " + key + " = " + value + ": allowed is ";
      assertThat(karaf.run("telemetry:status").out()).contains(listed);
      if (!pid.equals("org.candor.store")) {
        assertThat(after.get("advice").getAsString()).contains(listed);
      }
    } finally {
      karaf.etc().write(pid, good);
    }
    Eventually.await(
        "nothing wrong any more",
        OBEYED,
        () -> karaf.run("telemetry:status --json").object().getAsJsonArray("problems").toString(),
        problems -> !problems.contains("etc/" + pid + ".cfg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formatter | sentri | no-formatter | No formatter is called sentri; there are: dns, segment, sentry.",
        "sink | fiel | no-sink | No sink is called fiel; there are: dns, segment, sentry. file comes with candor-file.",
        "sink | file | no-sink | Nothing here is called file; install the feature candor-file.",
        "formatter | sentry | no-sink | The sink segment does not take application/x-sentry-envelope",
      })
  void aChannelSaysAtOnceWhatIsWrongWithItsFormatterOrSink(
      String key, String value, String state, String advice) throws Exception {
    String good = karaf.etc().text("org.candor.channel-segment");
    try {
      karaf.etc().set("org.candor.channel-segment", key, value);
      Eventually.await(
          advice,
          OBEYED,
          karaf::channel,
          channel ->
              channel.get("state").getAsString().equals(state)
                  && channel.get("advice").getAsString().startsWith(advice));
      assertThat(karaf.channel().get("queued").getAsLong()).as("no report was made").isZero();
    } finally {
      karaf.etc().write("org.candor.channel-segment", good);
    }
    segment.awaitDelivery();
  }

  private List<String> said(int after, String sentence) throws Exception {
    return karaf.log().stream().skip(after).filter(line -> line.contains(sentence)).toList();
  }
}
