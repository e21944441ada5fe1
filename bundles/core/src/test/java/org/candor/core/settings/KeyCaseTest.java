package org.candor.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyCaseTest {

  private final List<String> told = new ArrayList<>();
  private final KeyCase plugin =
      new KeyCase(
          pid -> pid.equals("org.candor.store") ? Set.of("maxAge", "directory") : Set.of(),
          (file, what) -> told.add(file + ": " + what));

  @Test
  void aKeyInAnotherCaseIsTheOneThatIsMeantAndToldOnce() {
    for (int i = 0; i < 2; i++) {
      assertThat(seen(Map.of("service.pid", "org.candor.store", "MAXage", "3d", "directory", "x")))
          .isEqualTo(Map.of("service.pid", "org.candor.store", "maxAge", "3d", "directory", "x"));
    }
    assertThat(told).containsExactly("etc/org.candor.store.cfg: MAXage is read as maxAge");
  }

  @Test
  void whatIsNobodysOrAnothersStays() {
    Map<String, Object> stray = Map.of("service.pid", "org.candor.store", "maxAges", "3d");
    assertThat(seen(stray)).isEqualTo(stray);
    Map<String, Object> another = Map.of("service.pid", "com.acme", "maxage", "3d");
    assertThat(seen(another)).isEqualTo(another);
    assertThat(told).isEmpty();
  }

  @Test
  void oneOfSeveralIsNamedByItsFile() {
    seen(
        Map.of(
            "service.pid",
            "org.candor.store~a",
            "service.factoryPid",
            "org.candor.store",
            "felix.fileinstall.filename",
            "file:/opt/etc/org.candor.store-a.cfg",
            "Directory",
            "x"));
    assertThat(told).containsExactly("etc/org.candor.store-a.cfg: Directory is read as directory");
  }

  private Map<String, Object> seen(Map<String, Object> given) {
    Dictionary<String, Object> properties = new Hashtable<>(given);
    plugin.modifyConfiguration(null, properties);
    return (Hashtable<String, Object>) properties;
  }
}
