package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.control.Channels;
import org.candor.control.Upgrades;

/**
 * Command {@code telemetry:notice}: the login banner; {@code etc/scripts/telemetry.notice.script}
 * runs it in every session.
 */
@Service
@Command(
    scope = "telemetry",
    name = "notice",
    description = "An upgrade that is available, and what is sent although nobody has answered")
public final class NoticeCommand extends TelemetryCommand {

  @Reference private Channels channels;
  @Reference private Upgrades upgrades;

  @Option(name = "--once", description = "Print nothing if this session has shown it already")
  private boolean once;

  @Override
  public Object execute() {
    List<String> lines = new Notice(channels, upgrades, time()).lines();
    if (!lines.isEmpty() && (Notice.isNewTo(session()) || !once)) {
      lines.forEach(screen()::println);
    }
    return null;
  }
}
