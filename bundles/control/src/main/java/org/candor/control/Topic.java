package org.candor.control;

import org.candor.api.Labelled;

/** What may have changed, and who tells it now. */
public enum Topic implements Labelled {
  /** {@link Channels#status()}, {@link Sources#status()} or {@link ClusterView#status()}. */
  STATUS("status"),
  /** {@link Journal} and {@link History}. */
  SENT("sent"),
  /** {@link Crashes}. */
  CRASHES("crashes"),
  /** {@link Upgrades}. */
  UPGRADE("upgrade"),
  /** {@link ConsentControl}. */
  CONSENT("consent");

  private final String label;

  Topic(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
