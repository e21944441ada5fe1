package org.candor.api.report;

import java.util.Arrays;
import java.util.Optional;
import org.candor.api.Labelled;

/** What a channel reports; the key {@code report} of its configuration file. */
public enum ReportKind implements Labelled {
  HEALTH("health"),
  INVENTORY("inventory"),
  CRASH("crash"),
  UI("ui"),
  VERSION_CHECK("version-check");

  private final String label;

  ReportKind(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  public static Optional<ReportKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
