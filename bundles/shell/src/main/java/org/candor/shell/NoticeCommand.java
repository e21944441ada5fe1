package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.api.control.ChannelState;
import org.candor.api.control.ChannelStatus;
import org.candor.api.control.Channels;
import org.candor.shell.screen.Screen;

/**
 * Says at login what is sent, as long as nobody has answered; {@code
 * etc/scripts/telemetry.notice.script} runs it.
 */
@Service
@Command(
    scope = "telemetry",
    name = "notice",
    description = "What is sent without anybody having said so; nothing once somebody has")
public final class NoticeCommand extends TelemetryCommand {

  private static final String NOBODY = "default";

  @Reference private Channels channels;

  @Override
  public Object execute() {
    List<ChannelStatus> unanswered =
        channels.status().stream().filter(NoticeCommand::isUnanswered).toList();
    if (!unanswered.isEmpty()) {
      print(unanswered, screen());
    }
    return null;
  }

  private static boolean isUnanswered(ChannelStatus channel) {
    return switch (channel.state()) {
      case GRACE -> true;
      case ACTIVE, FAILING -> channel.decidedBy().equals(NOBODY);
      case OFF, NO_FORMATTER, NO_SINK, UNCONFIGURED -> false;
    };
  }

  private void print(List<ChannelStatus> unanswered, Screen screen) {
    screen.println("This system reports about itself unless you say no:");
    for (ChannelStatus channel : unanswered) {
      screen.println("  " + line(channel));
    }
    screen.println("See every byte:  telemetry:preview " + unanswered.get(0).name());
    screen.println("Stop it:         telemetry:disable");
    screen.println("Agree to it:     telemetry:enable");
    screen.println("");
  }

  private String line(ChannelStatus channel) {
    String report = channel.report().label();
    String purpose = channel.purpose().label();
    return channel.name()
        + ": "
        + (report.equals(purpose) ? report : report + " (" + purpose + ")")
        + " to "
        + (channel.endpoint().isEmpty() ? "an endpoint not yet known" : channel.endpoint())
        + channel
            .next()
            .map(
                next ->
                    (channel.state() == ChannelState.GRACE ? ", first " : ", next ")
                        + time().of(next))
            .orElse("");
  }
}
