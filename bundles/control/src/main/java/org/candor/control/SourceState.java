package org.candor.control;

import org.candor.api.Labelled;

/** How a source's last observation went. */
public enum SourceState implements Labelled {
  /** Not asked since it was installed. */
  WAITING("waiting"),
  OK("ok"),
  /** Nothing says where to look; the error says what to set. */
  UNCONFIGURED("unconfigured"),
  FAILING("failing");

  private final String label;

  SourceState(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
