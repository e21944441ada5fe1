package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.control.SourceStatus;
import org.candor.control.Sources;

/** Command {@code telemetry:sources}: each source's state and last observation. */
@Service
@Command(
    scope = "telemetry",
    name = "sources",
    description = "Each source, its last observation, time and error")
public final class SourcesCommand extends TableCommand {

  @Reference private Sources sources;

  @Override
  public Object execute() {
    List<SourceStatus> status = sources.status();
    if (json()) {
      print(new Document(status));
    } else {
      new SourceTable(status, time()).table().print(screen(), format());
    }
    return null;
  }

  private record Document(List<SourceStatus> sources) {}
}
