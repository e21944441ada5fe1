package org.candor.core.channel;

import org.candor.api.report.ReportKind;

/** The agenda for each kind of report. */
record Agendas(Agenda timed, Agenda crashes) {

  Agenda of(ChannelSettings settings) {
    return settings.report() == ReportKind.CRASH ? crashes : timed;
  }
}
