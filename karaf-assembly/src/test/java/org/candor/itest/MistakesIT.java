package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A slip in etc is named by the log, by the status and by its channel until it is mended. */
class MistakesIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("mistakes");

  private static final Duration SEEN = Duration.ofSeconds(15);

  private static final String ENABELD =
      "etc/org.candor.channel-segment.cfg: enabeld = false: unknown key, ignored; did you mean"
          + " enabled?";
  private static final String INTERVALL =
      "etc/org.candor.channel-sentry.cfg: intervall = 1h: unknown key, ignored; did you mean"
          + " interval?";
  private static final String MAX_BYTES =
      "etc/org.candor.store.cfg: max-bytes = 1m: unknown key, ignored; did you mean maxBytes?";
  private static final String UNKNOWN_FILE =
      "etc/org.candor.sink.dsn.cfg: unknown file, ignored; did you mean org.candor.sink.dns.cfg?";
  private static final String WAITING =
      "etc/org.candor.source.dcos.cfg: waits for the feature candor-dcos.";
  private static final String REFUSED =
      "etc/org.candor.http.cfg: requestTimeout = never: allowed is a number with ms, s, m, h or d,";

  private final KarafInstance karaf = KARAF.get();

  @Test
  void aMistakeIsListedThroughARestartUntilItIsMended() throws Exception {
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "key-of-the-tests");
    karaf.etc().set("org.candor.sink.segment", "endpoint", "http://127.0.0.1:1");
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf.boot();
    await("as it is shipped all is well", List::isEmpty);

    karaf.etc().set("org.candor.channel-segment", "enabeld", "false");
    karaf.etc().set("org.candor.channel-sentry", "intervall", "1h");
    karaf.etc().set("org.candor.store", "max-bytes", "1m");
    karaf.etc().write("org.candor.sink.dsn", "zone = v1.example.com\n");
    karaf.etc().write("org.candor.source.dcos", "mesosUrl = http://127.0.0.1:1\n");
    karaf.etc().set("org.candor.http", "requestTimeout", "never");
    await("six mistakes", this::areAll);
    assertThat(karaf.run("telemetry:status").out())
        .contains(ENABELD, INTERVALL, MAX_BYTES, UNKNOWN_FILE, WAITING, REFUSED);
    JsonObject channel = karaf.channel();
    assertThat(channel.get("state").getAsString()).isEqualTo("active");
    assertThat(channel.get("advice").getAsString())
        .contains(ENABELD, REFUSED)
        .doesNotContain("intervall", "dsn");
    for (String problem : List.of(ENABELD, INTERVALL, MAX_BYTES, UNKNOWN_FILE, WAITING)) {
      String line = problem.replaceFirst(" = \\w+", "");
      Eventually.await("one line: " + line, SEEN, () -> warned(line), n -> n == 1);
    }

    karaf.stop();
    karaf.boot();
    await("after a restart the same six", this::areAll);

    karaf.etc().set("org.candor.http", "requestTimeout", "2s");
    for (String pid : List.of("org.candor.channel-segment", "org.candor.channel-sentry")) {
      karaf.etc().write(pid, karaf.etc().text(pid).replaceAll("(enabeld|intervall) = .*", ""));
    }
    karaf
        .etc()
        .write(
            "org.candor.store",
            karaf.etc().text("org.candor.store").replaceAll("max-bytes = .*", ""));
    Files.delete(karaf.etc().file("org.candor.sink.dsn"));
    karaf.run("feature:install candor-dcos");
    await("all mended", List::isEmpty);
    assertThat(karaf.channel().get("advice").getAsString()).doesNotContain("etc/");
    karaf.run("feature:uninstall candor-dcos");
    await("it waits again", problems -> problems.equals(List.of(WAITING)));
  }

  private boolean areAll(List<String> problems) {
    return problems.size() == 6
        && problems.containsAll(List.of(ENABELD, INTERVALL, MAX_BYTES, UNKNOWN_FILE, WAITING))
        && problems.stream().anyMatch(problem -> problem.startsWith(REFUSED));
  }

  private void await(String what, Predicate<List<String>> condition) throws Exception {
    Eventually.await(what, SEEN, this::problems, condition::test);
  }

  private List<String> problems() throws IOException {
    return karaf
        .run("telemetry:status --json")
        .object()
        .getAsJsonArray("problems")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .map(MistakesIT::text)
        .toList();
  }

  private static String text(JsonObject problem) {
    String key = problem.get("key").getAsString();
    return problem.get("file").getAsString()
        + (key.isEmpty() ? "" : ": " + key + " = " + problem.get("value").getAsString())
        + ": "
        + problem.get("message").getAsString();
  }

  private long warned(String line) throws IOException {
    return karaf.log().stream().filter(l -> l.contains("WARN") && l.contains(line)).count();
  }
}
