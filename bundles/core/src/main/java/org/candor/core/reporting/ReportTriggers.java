package org.candor.core.reporting;

import org.candor.core.plugin.ChannelSettings;

/** The agenda for each kind of report. */
public record ReportTriggers(
    ReportTrigger timed, ReportTrigger crashes, ReportTrigger versionCheck, ReportTrigger ui) {

  public ReportTrigger of(ChannelSettings settings) {
    return switch (settings.report()) {
      case CRASH -> crashes;
      case VERSION_CHECK -> versionCheck;
      case UI -> ui;
      case HEALTH, INVENTORY -> timed;
    };
  }
}
