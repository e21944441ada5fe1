package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.candor.api.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSettingsTest {

  private static final Path BASE = Path.of("/karaf");

  private final List<String> refused = new ArrayList<>();
  private final Settings settings = new Settings("etc/org.candor.store.cfg", refused::add);
  private final Map<String, String> values =
      new HashMap<>(
          Map.of(
              "directory",
              "",
              "maxBytes",
              "50m",
              "maxAge",
              "30d",
              "maxCount",
              "9",
              "crashShare",
              "25",
              "healthShare",
              "25",
              "webShare",
              "50"));

  @Test
  void theDirectoryLiesBesideTheDataFolderUnlessItIsSet() {
    assertThat(read().directory()).isEqualTo(Path.of("/karaf/var/candor"));
    values.put("directory", "else/where");
    assertThat(read().directory()).isEqualTo(Path.of("/karaf/else/where"));
    values.put("directory", "/abs");
    assertThat(read())
        .isEqualTo(
            new StoreSettings(
                Path.of("/abs"), 50L << 20, Duration.ofDays(30), 9, ShareSettings.usual()));
  }

  @ParameterizedTest
  @CsvSource({
    "maxBytes,1023k",
    "maxBytes,much",
    "maxAge,30",
    "maxAge,0s",
    "maxCount,0",
    "maxCount,-1",
    "directory,a\\0b",
    "crashShare,51",
    "crashShare,0",
    "healthShare,51",
    "webShare,51",
    "webShare,half"
  })
  void aBadValueIsRefusedByNameAndTheLastGoodOneStays(String key, String value) {
    values.put("maxBytes", "2m");
    values.put("maxAge", "2d");
    values.put("directory", "/abs");
    values.put("crashShare", "40");
    values.put("healthShare", "10");
    values.put("webShare", "30");
    StoreSettings good = read();
    values.put(key, value.replace("\\0", "\0"));
    assertThat(read()).isEqualTo(good);
    assertThat(refused).singleElement().asString().contains("store.cfg: " + key + " = ");
  }

  private StoreSettings read() {
    StoreConfig config =
        (StoreConfig)
            Proxy.newProxyInstance(
                StoreConfig.class.getClassLoader(),
                new Class<?>[] {StoreConfig.class},
                (proxy, method, args) ->
                    method.getReturnType() == String.class
                        ? values.get(method.getName())
                        : Annotation.class);
    return StoreSettings.read(settings, config, BASE);
  }
}
