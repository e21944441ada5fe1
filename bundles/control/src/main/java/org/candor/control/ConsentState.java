package org.candor.control;

import org.candor.api.Labelled;

/** What is answered for a purpose, all settings taken together. */
public enum ConsentState implements Labelled {
  /** Allowed, and somebody said so. */
  GRANT("grant"),
  /** Forbidden. */
  DENIAL("denial"),
  /** Nobody has answered. */
  UNSET("unset");

  private final String label;

  ConsentState(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
