package org.candor.api;

/** What a channel does at present. Where several hold, the first of this list is shown. */
public enum ChannelState implements Labelled {
  /** The owner said no, or {@code enabled=false}. */
  OFF("off"),
  /** No formatter of the configured name is installed, or none for this report. */
  NO_FORMATTER("no-formatter"),
  /**
   * No sink of the configured name is installed, or it does not take the formatter's media type.
   */
  NO_SINK("no-sink"),
  /** Something is missing in a configuration file; the advice says what. */
  UNCONFIGURED("unconfigured"),
  /** Something was announced, and the owner has time to say no; the advice says what. */
  GRACE("grace"),
  /**
   * The last attempt did not get through, or the last report was refused, or what the endpoint
   * answered is of no use.
   */
  FAILING("failing"),
  /** All is well. */
  ACTIVE("active");

  private final String label;

  ChannelState(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
