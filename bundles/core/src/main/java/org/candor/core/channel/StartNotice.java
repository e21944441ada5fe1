package org.candor.core.channel;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.candor.api.ChannelState;
import org.candor.api.report.ReportKind;
import org.candor.control.ChannelStatus;
import org.candor.core.plugin.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Start notice: logs once what goes where through a channel, as soon as that is known. */
final class StartNotice {

  private static final Logger log = LoggerFactory.getLogger(StartNotice.class);

  private boolean made;

  void make(ChannelSettings settings, ChannelStatus status) {
    if (made
        || status.state() == ChannelState.NO_SINK
        || status.state() == ChannelState.NO_FORMATTER) {
      return;
    }
    made = true;
    log.info(
        "{}: {} of this installation goes to {} {} for {}, state {}{}. telemetry:preview {}"
            + " shows what leaves, telemetry:disable {} stops it.",
        status.name(),
        settings.report().label(),
        status.endpoint().isEmpty() ? "an endpoint that is not set" : status.endpoint(),
        settings.report() == ReportKind.CRASH || settings.report() == ReportKind.UI
            ? "as it happens"
            : "every "
                + settings.interval().toString().substring("PT".length()).toLowerCase(Locale.ROOT),
        settings.purpose().label(),
        status.state().label(),
        status.next().map(next -> ", first at " + next.truncatedTo(ChronoUnit.SECONDS)).orElse(""),
        status.name(),
        settings.purpose().label());
  }
}
