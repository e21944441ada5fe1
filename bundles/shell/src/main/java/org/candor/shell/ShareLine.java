package org.candor.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.control.ChannelStatus;

/** What each channel uses of its share of the outbox, in one line. */
record ShareLine(List<ChannelStatus> channels) {

  /** Empty when no channel has one. */
  Optional<String> text() {
    String shares =
        channels.stream()
            .filter(channel -> channel.shareBytes() > 0)
            .map(
                channel ->
                    channel.name()
                        + " "
                        + channel.queuedBytes().map(ShareLine::size).orElse("unknown")
                        + " of "
                        + size(channel.shareBytes()))
            .collect(Collectors.joining(", "));
    return shares.isEmpty()
        ? Optional.empty()
        : Optional.of("Queued, of what each channel can always use: " + shares + ".");
  }

  /** In kB, which no queue of interest is smaller than. */
  private static String size(long bytes) {
    return (bytes + 1023) / 1024 + " kB";
  }
}
