package org.candor.api.consent;

import org.candor.api.Labelled;

/** What a layer says about a purpose. */
public enum Word implements Labelled {
  ALLOWS("allows"),
  FORBIDS("forbids"),
  SILENT("silent"),
  /**
   * The layer cannot tell at present, since what it reads cannot be read. What it said last counts,
   * through a restart too, and a no when it never said anything. Nobody is shown this word.
   */
  UNKNOWN("unknown");

  private final String label;

  Word(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
