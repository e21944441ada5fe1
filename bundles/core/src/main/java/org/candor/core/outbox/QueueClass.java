package org.candor.core.outbox;

import org.candor.api.report.ReportKind;

/** Traffic class: which share of the outbox a channel has. */
public enum QueueClass {
  CRASH,
  HEALTH,
  WEB;

  /** The class of a channel by what it reports. */
  public static QueueClass of(ReportKind kind) {
    return switch (kind) {
      case CRASH -> CRASH;
      case UI -> WEB;
      default -> HEALTH;
    };
  }
}
