package org.candor.core.channel;

/** The agenda for each kind of report. */
record Agendas(Agenda timed, Agenda crashes, Agenda versionCheck, Agenda ui) {

  Agenda of(ChannelSettings settings) {
    return switch (settings.report()) {
      case CRASH -> crashes;
      case VERSION_CHECK -> versionCheck;
      case UI -> ui;
      case HEALTH, INVENTORY -> timed;
    };
  }
}
