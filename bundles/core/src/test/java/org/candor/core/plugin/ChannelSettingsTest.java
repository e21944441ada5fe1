package org.candor.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelSettingsTest {

  private final List<String> refused = new ArrayList<>();
  private final Settings settings = new Settings("etc/org.candor.channel-x.cfg", refused::add);
  private final Map<String, String> values =
      new HashMap<>(
          Map.of(
              "purpose", "version-check",
              "report", "health",
              "interval", "1h",
              "formatter", "segment",
              "sink", "file",
              "enabled", "TRUE"));

  @Test
  void allThatTheFileSays() {
    assertThat(ChannelSettings.read(settings, config()))
        .contains(
            new ChannelSettings(
                Purpose.VERSION_CHECK,
                ReportKind.HEALTH,
                Duration.ofHours(1),
                "segment",
                "file",
                true));
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "purpose,everything",
    "purpose,''",
    "report,all",
    "interval,1",
    "interval,31d",
    "interval,0s",
    "formatter,../x",
    "sink,''",
    "enabled,perhaps"
  })
  void aBadValueIsRefusedByNameAndTheLastGoodOneStays(String key, String value) {
    String good = values.put(key, value);
    assertThat(ChannelSettings.read(settings, config())).as("there is no good one yet").isEmpty();
    assertThat(refused).singleElement().asString().contains("channel-x.cfg: " + key + " = ");
    values.put(key, good);
    var before = ChannelSettings.read(settings, config());
    values.put(key, value);
    assertThat(ChannelSettings.read(settings, config())).isEqualTo(before).isPresent();
    assertThat(refused).hasSize(2);
  }

  private ChannelConfig config() {
    return (ChannelConfig)
        Proxy.newProxyInstance(
            ChannelConfig.class.getClassLoader(),
            new Class<?>[] {ChannelConfig.class},
            (proxy, method, args) ->
                method.getReturnType() == String.class
                    ? values.get(method.getName())
                    : Annotation.class);
  }
}
