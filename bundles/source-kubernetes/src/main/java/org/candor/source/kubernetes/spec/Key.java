package org.candor.source.kubernetes.spec;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;

/** A key of {@code spec} that speaks of consent. */
enum Key {
  /** The StorageOS cluster operator turns all three off. */
  TELEMETRY("disableTelemetry", EnumSet.allOf(Purpose.class)),
  CRASH_REPORTING("disableCrashReporting", EnumSet.of(Purpose.ERRORS)),
  VERSION_CHECK("disableVersionCheck", EnumSet.of(Purpose.VERSION_CHECK));

  private final String label;
  private final Set<Purpose> purposes;

  Key(String label, Set<Purpose> purposes) {
    this.label = label;
    this.purposes = purposes;
  }

  static Optional<Key> of(String label) {
    return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
  }

  boolean speaksOf(Purpose purpose) {
    return purposes.contains(purpose);
  }

  @Override
  public String toString() {
    return "spec." + label;
  }
}
