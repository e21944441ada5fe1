package org.candor.shell;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.shell.screen.Screen;
import org.candor.shell.screen.Table;

/** Table of consent changes, in words for people. */
record ConsentTable(List<ConsentChange> changes) {

  void print(Screen screen, boolean format) {
    Table table =
        new Table("Nothing has changed.")
            .word("At")
            .word("About")
            .word("Before")
            .word("After")
            .text("Way")
            .text("By")
            .text("Address");
    for (ConsentChange change : changes) {
      table.row(
          change.at().truncatedTo(ChronoUnit.SECONDS),
          about(change),
          words(change.from()),
          words(change.to()),
          change.way().label(),
          change.by(),
          change.address());
    }
    table.print(screen, format);
  }

  /** From what to what. */
  static String step(ConsentChange change) {
    return words(change.from()) + " -> " + words(change.to());
  }

  private static String about(ConsentChange change) {
    return change
        .purpose()
        .map(Purpose::label)
        .orElseGet(() -> "channel " + change.channel().orElse(""));
  }

  private static String words(ConsentState state) {
    return switch (state) {
      case GRANT -> "on";
      case DENIAL -> "off";
      case UNSET -> "not answered";
    };
  }
}
