package org.candor.api.crash;

import org.candor.api.Labelled;

/** How bad a crash is. */
public enum CrashLevel implements Labelled {
  /** The process went on without what failed, such as one of its threads. */
  ERROR("error"),
  /** The process ended. */
  FATAL("fatal");

  private final String label;

  CrashLevel(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
