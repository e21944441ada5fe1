package org.candor.core.channel;

import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Outcome;
import org.candor.control.ChannelStatus;
import org.candor.control.SendResult;
import org.candor.core.channel.Gates.Passage;

/**
 * Says how a channel stands, from its gates and its last step. Asks the disk for no more than
 * whether the owner's file has changed.
 */
final class Standings {

  private final String channel;
  private final Gates gates;

  Standings(String channel, Gates gates) {
    this.channel = channel;
    this.gates = gates;
  }

  /** How the channel stands after a step. */
  ChannelStatus status(Optional<ChannelSettings> settings, Progress progress) {
    return settings
        .map(now -> status(now, progress))
        .orElseGet(
            () ->
                status(
                    progress,
                    Purpose.USAGE,
                    ReportKind.HEALTH,
                    Optional.empty(),
                    ChannelState.UNCONFIGURED,
                    unconfigured()));
  }

  private ChannelStatus status(ChannelSettings now, Progress progress) {
    Passage passage = gates.look(now);
    Optional<Trouble> failure = progress.trouble().or(() -> failure(progress, passage.endpoint()));
    boolean mayWork =
        passage.state() == ChannelState.ACTIVE || passage.state() == ChannelState.FAILING;
    boolean failing = mayWork && failure.isPresent();
    return status(
        progress,
        now.purpose(),
        now.report(),
        Optional.of(passage),
        failing ? failure.get().state() : passage.state(),
        failing ? failure.get().advice() : passage.advice());
  }

  private ChannelStatus status(
      Progress progress,
      Purpose purpose,
      ReportKind report,
      Optional<Passage> passage,
      ChannelState state,
      String advice) {
    return new ChannelStatus(
        channel,
        purpose,
        report,
        state,
        passage.map(Passage::decidedBy).orElse(""),
        passage.map(Passage::endpoint).orElse(""),
        progress.queued(),
        progress.memory().lost(),
        progress.memory().lastDelivery(),
        state == ChannelState.OFF ? Optional.empty() : progress.next(),
        progress.memory().bytesSinceOff(),
        advice);
  }

  private static Optional<Trouble> failure(Progress progress, String endpoint) {
    Optional<Trouble> failed =
        progress
            .memory()
            .lastOutcome()
            .filter(outcome -> outcome == Outcome.RETRY || outcome == Outcome.REFUSED)
            .map(
                outcome ->
                    new Trouble(
                        ChannelState.FAILING,
                        (outcome == Outcome.REFUSED
                                ? "The endpoint refused the last report: "
                                : "The last attempt did not get through: ")
                            + progress.memory().lastAnswer()));
    return failed.or(
        () ->
            progress
                .memory()
                .doubt()
                .filter(doubt -> doubt.endpoint().equals(endpoint))
                .map(doubt -> new Trouble(ChannelState.FAILING, doubt.advice())));
  }

  /** What somebody who asked for a report is told after the step. */
  SendResult result(Optional<ChannelSettings> settings, Progress progress) {
    ChannelStatus status = status(settings, progress);
    String note =
        status.queued() > 0
            ? Wording.waiting(status.queued()) + ". " + status.advice()
            : status.advice();
    boolean nothing =
        status.state() == ChannelState.ACTIVE && note.isEmpty() && progress.deliveries().isEmpty();
    if (nothing && status.report() == ReportKind.CRASH) {
      note = "There is no crash to report.";
    }
    if (nothing && status.report() == ReportKind.UI) {
      note = "Nothing waits of what was done in a product's web page.";
    }
    return new SendResult(channel, status.state(), progress.deliveries(), note.strip());
  }

  /** Why a channel does nothing that is not configured. */
  String unconfigured() {
    return "etc/"
        + ChannelConfig.PID
        + "-"
        + channel
        + ".cfg has a value that is refused, and none that came before.";
  }
}
