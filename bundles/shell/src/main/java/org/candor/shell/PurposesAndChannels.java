package org.candor.shell;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;

/** Completer of purpose labels and channel names. */
@Service
public final class PurposesAndChannels implements Completer {

  @Reference private Channels channels;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names =
        Stream.concat(
                PurposeLabels.all().stream(), channels.status().stream().map(ChannelStatus::name))
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
