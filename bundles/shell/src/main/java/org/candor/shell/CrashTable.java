package org.candor.shell;

import java.util.List;
import java.util.Optional;
import org.candor.api.crash.KernelSignal;
import org.candor.control.CrashSummary;
import org.candor.shell.screen.RelativeTime;
import org.candor.shell.screen.Table;

/** Table of crashes, the newest first. */
record CrashTable(List<CrashSummary> crashes, RelativeTime time) {

  Table table() {
    Table table =
        new Table("No crash was seen.")
            .word("Component")
            .word("When")
            .word("Signal")
            .number("Exit")
            .word("Core dump")
            .number("Times")
            .label("Report")
            .text("Message");
    for (CrashSummary crash : crashes) {
      table.row(
          crash.component(),
          time.of(Optional.of(crash.at()), "-"),
          crash.signal().map(CrashTable::text).orElse("-"),
          crash.exitCode().map(String::valueOf).orElse("-"),
          crash.coreDumped().map(dumped -> dumped ? "yes" : "no").orElse("-"),
          crash.count(),
          crash.outcome().label(),
          crash.message());
    }
    return table;
  }

  private static String text(KernelSignal signal) {
    return signal.name() + " (" + signal.number() + ")";
  }
}
