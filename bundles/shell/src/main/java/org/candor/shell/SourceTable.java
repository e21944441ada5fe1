package org.candor.shell;

import java.util.List;
import org.candor.control.SourceStatus;
import org.candor.shell.screen.RelativeTime;
import org.candor.shell.screen.Table;

/** Table of sources. */
record SourceTable(List<SourceStatus> sources, RelativeTime time) {

  Table table() {
    Table table =
        new Table("There are no sources.")
            .word("Source")
            .label("State")
            .word("Observed")
            .number("Facts")
            .number("Took")
            .text("Error");
    for (SourceStatus source : sources) {
      table.row(
          source.name(),
          source.state().label(),
          time.of(source.observedAt(), "-"),
          source.facts(),
          source.observedAt().map(at -> source.took().toMillis() + " ms").orElse("-"),
          source.error());
    }
    return table;
  }
}
