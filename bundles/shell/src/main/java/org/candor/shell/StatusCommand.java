package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.ClusterView;
import org.candor.control.Sources;
import org.candor.control.document.StatusDocument;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:status}: channels, sources, cluster and configuration problems. */
@Service
@Command(
    scope = "telemetry",
    name = "status",
    description = "What each channel sends, where to and when, and what it needs")
public final class StatusCommand extends TableCommand {

  @Reference private Channels channels;

  @Reference private Sources sources;

  @Reference private ClusterView cluster;

  @Override
  public Object execute() {
    StatusDocument document =
        new StatusDocument(
            channels.status(),
            sources.status(),
            cluster.status(),
            channels.newFields(),
            channels.announced(),
            channels.problems());
    if (json()) {
      print(document);
    } else {
      print(document, screen());
    }
    return null;
  }

  private void print(StatusDocument document, Screen screen) {
    new ChannelTable(document.channels(), time()).table().print(screen, format());
    for (ChannelStatus channel : document.channels()) {
      if (!channel.advice().isEmpty()) {
        screen.println(channel.name() + ": " + channel.advice());
      }
    }
    new ShareLine(document.channels()).text().ifPresent(screen::println);
    if (format()) {
      screen.println("");
    }
    new SourceTable(document.sources(), time()).table().print(screen, format());
    if (format()) {
      screen.println("");
    }
    screen.println("Cluster role: " + document.cluster().role());
    document.problems().forEach(problem -> screen.println(problem.toString()));
  }
}
