package org.candor.shell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.candor.control.ChannelStatus;
import org.candor.shell.screen.RelativeTime;
import org.candor.shell.screen.Table;

/** Table of channels. */
record ChannelTable(List<ChannelStatus> channels, RelativeTime time) {

  private static final String UNKNOWN = "unknown";

  Table table() {
    Table table =
        new Table("There are no channels; install a feature such as candor-segment.")
            .word("Channel")
            .word("Purpose")
            .label("State")
            .word("Decided by")
            .text("Endpoint")
            .word("Next")
            .word("Last delivery")
            .number("Queued")
            .text("Lost");
    for (ChannelStatus channel : channels) {
      table.row(
          channel.name(),
          channel.purpose().label(),
          channel.state().label(),
          channel.decidedBy(),
          channel.endpoint().isEmpty() ? "-" : channel.endpoint(),
          time.of(channel.next(), "-"),
          time.of(channel.lastDelivery(), channel.queued().isPresent() ? "never" : UNKNOWN),
          channel.queued().map(Object.class::cast).orElse(UNKNOWN),
          channel.lost().map(ChannelTable::lost).orElse(UNKNOWN));
    }
    return table;
  }

  private static String lost(Map<String, Long> byReason) {
    return byReason.isEmpty()
        ? "none"
        : new TreeMap<>(byReason)
            .entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
  }
}
