package org.candor.api.upgrade;

import org.candor.api.Labelled;

/** How urgent an upgrade is. */
public enum Severity implements Labelled {
  /** The running version is good. */
  OK("ok"),
  RECOMMENDED("recommended"),
  REQUIRED("required"),
  /** Nobody has said. */
  UNKNOWN("unknown");

  private final String label;

  Severity(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
