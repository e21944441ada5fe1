package org.candor.api.consent;

import org.candor.api.Labelled;

/** What a layer says about a purpose. */
public enum LayerAnswer implements Labelled {
  ALLOWS("allows"),
  FORBIDS("forbids"),
  SILENT("silent"),
  /**
   * The layer cannot tell at present, since what it reads cannot be read. What it said last counts,
   * through a restart too, and a denial when it never said anything. Nobody is shown this.
   */
  UNKNOWN("unknown");

  private final String label;

  LayerAnswer(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
