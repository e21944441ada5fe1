package org.candor.source.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;

class BundleHealthTest {

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      value = {
        "state,     fragment, wanted, lazy,  due,   healthy",
        "ACTIVE,    false,    true,   false, true,  true",
        "INSTALLED, false,    true,   false, true,  false",
        "RESOLVED,  false,    true,   false, true,  false",
        "RESOLVED,  false,    true,   true,  true,  false",
        "STARTING,  false,    true,   false, true,  false",
        "STARTING,  false,    true,   true,  true,  true",
        "STOPPING,  false,    true,   false, true,  false",
        "INSTALLED, true,     true,   false, true,  true",
        "RESOLVED,  true,     false,  false, true,  true",
        "RESOLVED,  false,    false,  false, true,  true",
        "INSTALLED, false,    false,  false, true,  true",
        "RESOLVED,  false,    true,   false, false, true"
      })
  void healthyIsWhatIsActiveOrNotMeantToBe(
      State state, boolean fragment, boolean wanted, boolean lazy, boolean due, boolean healthy) {
    assertThat(new BundleHealth("a", state.value, fragment, wanted, lazy, due).healthy())
        .isEqualTo(healthy);
  }

  enum State {
    INSTALLED(Bundle.INSTALLED),
    RESOLVED(Bundle.RESOLVED),
    STARTING(Bundle.STARTING),
    ACTIVE(Bundle.ACTIVE),
    STOPPING(Bundle.STOPPING);

    private final int value;

    State(int value) {
      this.value = value;
    }
  }
}
