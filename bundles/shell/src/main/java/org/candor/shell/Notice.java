package org.candor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;
import org.candor.api.ChannelState;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Announced;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.NewFields;
import org.candor.control.Upgrades;
import org.candor.shell.screen.RelativeTime;

/**
 * Login banner: an upgrade that is available, what is new in reports or goes elsewhere, and what is
 * sent, or is about to be, without anybody having answered.
 */
record Notice(Channels channels, Upgrades upgrades, RelativeTime time) {

  private static final int MOST_NAMES = 5;

  private static final String NOBODY = "default";

  private static final String SEEN = "telemetry.notice.seen";

  /** Whether the session has not seen the notice so far; from now on it has. */
  static boolean isNewTo(Session session) {
    synchronized (session) {
      boolean unseen = session.get(SEEN) == null;
      session.put(SEEN, true);
      return unseen;
    }
  }

  /** Lines for people; none when everything has been answered and nothing is new. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    UpgradeNotice upgrade = upgrades.notice();
    if (upgrade.isNews()) {
      lines.add(
          "Version "
              + upgrade.newest()
              + " is out; the upgrade is "
              + upgrade.severity().label()
              + (upgrade.signed() ? "" : " (unsigned)")
              + ". See telemetry:upgrade.");
      lines.add("");
    }
    List<Announced> announced = channels.announced();
    lines.addAll(newFields());
    lines.addAll(announced(announced));
    lines.addAll(unanswered(announced));
    return lines;
  }

  private List<String> newFields() {
    List<NewFields> news = channels.newFields();
    if (news.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Since an upgrade this system can report more than before:");
    news.forEach(one -> lines.add("  " + line(one)));
    lines.add("See what and why:  telemetry:fields " + news.get(0).channel());
    lines.add("Stop it:           telemetry:disable");
    lines.add("");
    return lines;
  }

  private String line(NewFields news) {
    return news.channel()
        + ": "
        + news.names().stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (news.names().size() > MOST_NAMES
            ? " and " + (news.names().size() - MOST_NAMES) + " more"
            : "")
        + news.withheldUntil().map(until -> ", withheld, first sent " + time.of(until)).orElse("");
  }

  private List<String> announced(List<Announced> announced) {
    if (announced.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    String first = announced.get(0).channel();
    lines.add("What this system reports has changed:");
    announced.forEach(one -> lines.add("  " + line(one)));
    lines.add("See every byte:  telemetry:preview " + first);
    lines.add("Stop it:         telemetry:disable " + first);
    lines.add("Accept it:       telemetry:enable " + first);
    lines.add("");
    return lines;
  }

  private String line(Announced announced) {
    String what = announced.what();
    String news =
        switch (announced.matter()) {
          case CHANNEL -> "a new channel, sends " + what;
          case PURPOSE -> "now for the purpose " + what;
          case DESTINATION -> "now sends to " + what;
          case PLUGIN -> "now uses the " + what;
          case GRANT -> what + " is allowed again by a file";
        };
    return announced.channel()
        + ": "
        + news
        + announced.withheldUntil().map(until -> ", first " + time.of(until)).orElse("");
  }

  private List<String> unanswered(List<Announced> announced) {
    Set<String> known = announced.stream().map(Announced::channel).collect(Collectors.toSet());
    List<ChannelStatus> unanswered =
        channels.status().stream()
            .filter(Notice::isUnanswered)
            .filter(
                channel -> channel.decidedBy().equals(NOBODY) || !known.contains(channel.name()))
            .toList();
    if (unanswered.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("This system reports about itself unless you say no:");
    unanswered.forEach(channel -> lines.add("  " + line(channel)));
    lines.add("See every byte:  telemetry:preview " + unanswered.get(0).name());
    lines.add("Stop it:         telemetry:disable");
    lines.add("Agree to it:     telemetry:enable");
    lines.add("");
    return lines;
  }

  private static boolean isUnanswered(ChannelStatus channel) {
    return switch (channel.state()) {
      case GRACE -> true;
      case ACTIVE, FAILING -> channel.decidedBy().equals(NOBODY);
      case OFF, NO_FORMATTER, NO_SINK, UNCONFIGURED -> false;
    };
  }

  private String line(ChannelStatus channel) {
    String report = channel.report().label();
    String purpose = channel.purpose().label();
    String when = channel.state() == ChannelState.GRACE ? ", first " : ", next ";
    return channel.name()
        + ": "
        + (report.equals(purpose) ? report : report + " (" + purpose + ")")
        + " to "
        + (channel.endpoint().isEmpty() ? "an endpoint not yet known" : channel.endpoint())
        + channel.next().map(next -> when + time.of(next)).orElse("");
  }
}
