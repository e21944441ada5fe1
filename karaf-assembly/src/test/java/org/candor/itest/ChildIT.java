package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is off in an instance is off in one that was created from it. */
class ChildIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  /** Two seconds as promised, and what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(3);

  private static final String CONSENT = "org.candor.consent";

  private final KarafInstance parent = KARAF.get();

  @AfterEach
  void close() throws Exception {
    parent.run("telemetry:enable errors version-check");
    parent.run("instance:destroy child");
  }

  @Test
  void aParentsDenialsAreALayerOfItsChildren() throws Exception {
    parent.run("telemetry:disable version-check");
    try (KarafInstance child = parent.child("child")) {
      child.boot();
      assertThat(explain(child, "errors").get("allowed").getAsBoolean()).isTrue();
      assertOff(child, "version-check", "turned off by karaf in the shell");
      Answer refused = child.command("telemetry:enable version-check");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.text()).contains("because parent forbids it", parent.base().toString());
      assertThat(state(child)).isEqualTo("off");

      parent.run("telemetry:enable version-check");
      await(child, "version-check", true);
      assertThat(state(child)).isNotEqualTo("off");

      parent.etc().set(CONSENT, "errors", "false");
      await(child, "errors", false);
      assertOff(child, "errors", "errors = false in etc/org.candor.consent.cfg");
      child.stop();
    } finally {
      parent.etc().set(CONSENT, "errors", "");
    }
  }

  private static void await(KarafInstance child, String purpose, boolean allowed) throws Exception {
    long begin = System.nanoTime();
    Eventually.await(
        purpose + " in the child",
        OBEYED,
        () -> explain(child, purpose).get("allowed").getAsBoolean(),
        now -> now == allowed);
    System.out.println(
        "A child obeyed its parent, with the looking, after "
            + Duration.ofNanos(System.nanoTime() - begin).toMillis()
            + " ms");
  }

  private static void assertOff(KarafInstance child, String purpose, String why)
      throws IOException {
    JsonObject explanation = explain(child, purpose);
    assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
    assertThat(explanation.get("decidedBy").getAsString()).isEqualTo("parent");
    assertThat(
            StreamSupport.stream(explanation.getAsJsonArray("layers").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(layer -> layer.get("layer").getAsString().equals("parent"))
                .map(layer -> layer.get("why").getAsString()))
        .singleElement()
        .asString()
        .contains(why);
  }

  private static JsonObject explain(KarafInstance karaf, String purpose) throws IOException {
    return karaf.run("telemetry:explain " + purpose + " --json").object();
  }

  private static String state(KarafInstance child) throws IOException {
    return child.channel("dns").get("state").getAsString();
  }
}
