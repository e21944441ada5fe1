package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.StreamSupport;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The channel for what people do in a product's web page, as it is shipped. */
class UiChannelIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @Test
  void itIsReadyAndHasNothingToSay() throws Exception {
    JsonObject channel =
        StreamSupport.stream(
                karaf
                    .run("telemetry:status --json")
                    .object()
                    .getAsJsonArray("channels")
                    .spliterator(),
                false)
            .map(JsonElement::getAsJsonObject)
            .filter(one -> one.get("name").getAsString().equals("segment-ui"))
            .findFirst()
            .orElseThrow();
    assertThat(channel.get("purpose").getAsString()).isEqualTo("usage");
    assertThat(channel.get("state").getAsString()).isEqualTo("active");
    assertThat(channel.get("queued").getAsLong()).isZero();
    assertThat(karaf.command("telemetry:preview segment-ui").text()).contains("Nothing waits");
    assertThat(karaf.command("telemetry:send segment-ui").text()).contains("Nothing waits");
    assertThat(karaf.run("telemetry:fields segment-ui").text()).contains("path", "traits.product");
  }
}
