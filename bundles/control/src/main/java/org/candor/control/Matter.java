package org.candor.control;

import org.candor.api.Labelled;

/** What of a channel is announced to its owner, besides its fields. */
public enum Matter implements Labelled {
  /** The whole channel. */
  CHANNEL("channel"),
  /** What its data is for. */
  PURPOSE("purpose"),
  /** Where it sends to. */
  DESTINATION("destination"),
  /** What makes its reports, or carries them. */
  PLUGIN("plugin"),
  /** That a file allows what the same file forbade before. */
  GRANT("grant");

  private final String label;

  Matter(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
