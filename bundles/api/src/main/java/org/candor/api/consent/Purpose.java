package org.candor.api.consent;

import java.util.Arrays;
import java.util.Optional;
import org.candor.api.Labelled;

/** What data is sent for; the owner answers for each. */
public enum Purpose implements Labelled {
  /** Health and inventory. */
  USAGE("usage"),
  /** Crashes. */
  ERRORS("errors"),
  /** The question whether there is a newer version. */
  VERSION_CHECK("version-check");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  public static Optional<Purpose> of(String label) {
    return Arrays.stream(values()).filter(purpose -> purpose.label.equals(label)).findFirst();
  }
}
