package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.api.control.ChannelStatus;
import org.candor.api.control.Channels;
import org.candor.api.control.ClusterStatus;
import org.candor.api.control.ClusterView;
import org.candor.api.control.SourceStatus;
import org.candor.api.control.Sources;
import org.candor.shell.screen.Screen;

/** Everything at a glance. */
@Service
@Command(
    scope = "telemetry",
    name = "status",
    description = "What each channel sends where and when, and what it needs")
public final class StatusCommand extends TableCommand {

  @Reference private Channels channels;

  @Reference private Sources sources;

  @Reference private ClusterView cluster;

  @Override
  public Object execute() {
    Document document = new Document(channels.status(), sources.status(), cluster.status());
    if (json()) {
      print(document);
    } else {
      print(document, screen());
    }
    return null;
  }

  private void print(Document document, Screen screen) {
    new ChannelTable(document.channels, time()).table().print(screen, format());
    for (ChannelStatus channel : document.channels) {
      if (!channel.advice().isEmpty()) {
        screen.println(channel.name() + ": " + channel.advice());
      }
    }
    if (format()) {
      screen.println("");
    }
    new SourceTable(document.sources, time()).table().print(screen, format());
    if (format()) {
      screen.println("");
    }
    screen.println("Cluster role: " + document.cluster.role());
  }

  private record Document(
      List<ChannelStatus> channels, List<SourceStatus> sources, ClusterStatus cluster) {}
}
