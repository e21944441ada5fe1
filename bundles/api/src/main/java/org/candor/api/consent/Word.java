package org.candor.api.consent;

import org.candor.api.Labelled;

/** What a layer says about a purpose. */
public enum Word implements Labelled {
  ALLOWS("allows"),
  FORBIDS("forbids"),
  SILENT("silent");

  private final String label;

  Word(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
