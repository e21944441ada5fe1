package org.candor.core.channel;

/** The agenda for each kind of report. */
record Agendas(Agenda timed, Agenda crashes, Agenda versionCheck) {

  Agenda of(ChannelSettings settings) {
    return switch (settings.report()) {
      case CRASH -> crashes;
      case VERSION_CHECK -> versionCheck;
      case HEALTH, INVENTORY, UI -> timed;
    };
  }
}
