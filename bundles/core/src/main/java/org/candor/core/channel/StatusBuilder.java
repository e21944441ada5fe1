package org.candor.core.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Outcome;
import org.candor.control.ChannelStatus;
import org.candor.control.SendResult;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.delivery.Sentences;
import org.candor.core.outbox.OutboxView;
import org.candor.core.plugin.ChannelConfig;
import org.candor.core.plugin.ChannelSettings;

/**
 * Status builder: how a channel stands, from its admission decision and its last step. Asks the
 * disk for no more than whether the owner's file has changed.
 */
final class StatusBuilder {

  /** How long it is said that what was remembered is damaged. */
  private static final Duration NEWS = Duration.ofDays(7);

  private final String channel;
  private final Admission admission;
  private final Clock clock;

  StatusBuilder(String channel, Admission admission, Clock clock) {
    this.channel = channel;
    this.admission = admission;
    this.clock = clock;
  }

  /** How the channel stands after a step. */
  ChannelStatus status(Optional<ChannelSettings> settings, ChannelProgress progress) {
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

  private ChannelStatus status(ChannelSettings now, ChannelProgress progress) {
    AdmissionDecision decision = admission.look(now);
    Optional<ChannelProblem> failure =
        progress.problem().or(() -> failure(progress, decision.endpoint()));
    boolean mayWork =
        decision.state() == ChannelState.ACTIVE || decision.state() == ChannelState.FAILING;
    boolean failing = mayWork && failure.isPresent();
    return status(
        progress,
        now.purpose(),
        now.report(),
        Optional.of(decision),
        failing ? failure.get().state() : decision.state(),
        failing ? failure.get().advice() : decision.advice());
  }

  private ChannelStatus status(
      ChannelProgress progress,
      Purpose purpose,
      ReportKind report,
      Optional<AdmissionDecision> decision,
      ChannelState state,
      String advice) {
    return new ChannelStatus(
        channel,
        purpose,
        report,
        state,
        decision.map(AdmissionDecision::decidedBy).orElse(""),
        decision.map(AdmissionDecision::endpoint).orElse(""),
        known(progress, OutboxView::queued),
        known(progress, queue -> queue.memory().lost()),
        known(progress, queue -> queue.memory().lastDelivery()).flatMap(Function.identity()),
        state == ChannelState.OFF ? Optional.empty() : progress.next(),
        known(progress, queue -> queue.memory().bytesSinceOff()),
        progress
            .queue()
            .anew()
            .filter(anew -> clock.instant().isBefore(anew.plus(NEWS)))
            .map(anew -> (advice + " " + unknownBefore(anew)).strip())
            .orElse(advice),
        known(progress, queue -> queue.use().bytes()),
        progress.queue().use().share());
  }

  private static <T> Optional<T> known(ChannelProgress progress, Function<OutboxView, T> what) {
    return progress.known() ? Optional.of(what.apply(progress.queue())) : Optional.empty();
  }

  private static String unknownBefore(Instant anew) {
    return "What this channel remembered was damaged: what it lost, when it delivered and what it"
        + " sent since it was off is unknown for the time before "
        + anew.truncatedTo(ChronoUnit.SECONDS)
        + ".";
  }

  private static Optional<ChannelProblem> failure(ChannelProgress progress, String endpoint) {
    Optional<ChannelProblem> failed =
        progress
            .memory()
            .lastOutcome()
            .filter(outcome -> outcome == Outcome.RETRY || outcome == Outcome.REFUSED)
            .map(
                outcome ->
                    new ChannelProblem(
                        ChannelState.FAILING,
                        (outcome == Outcome.REFUSED
                                ? "The endpoint refused the last report: "
                                : "The last attempt did not get through: ")
                            + progress.memory().lastAnswer()));
    return failed.or(
        () ->
            progress
                .memory()
                .replyProblem()
                .filter(replyProblem -> replyProblem.endpoint().equals(endpoint))
                .map(
                    replyProblem ->
                        new ChannelProblem(ChannelState.FAILING, replyProblem.advice())));
  }

  /** What somebody who asked for a report gets to see after the step. */
  SendResult result(Optional<ChannelSettings> settings, ChannelProgress progress) {
    ChannelStatus status = status(settings, progress);
    String note =
        progress.known() && progress.queued() > 0
            ? Sentences.waiting(progress.queued()) + ". " + status.advice()
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
