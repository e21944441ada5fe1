package org.candor.core.admission;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.ChannelState;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.control.Announced;
import org.candor.control.Explanation;
import org.candor.control.Matter;
import org.candor.core.admission.DisclosureGate.ChannelParts;
import org.candor.core.admission.DisclosureGate.Hold;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.plugin.ChannelConfig;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;

/** Admission control: whether a channel may and can report, and if not, why not. Thread-safe. */
public final class Admission {

  private final String channel;
  private final Consent consent;
  private final Grace grace;
  private final DisclosureGate fields;
  private final Plugins plugins;
  private final Clock clock;

  public Admission(
      String channel,
      Consent consent,
      Grace grace,
      DisclosureGate fields,
      Plugins plugins,
      Clock clock) {
    this.channel = channel;
    this.consent = consent;
    this.grace = grace;
    this.fields = fields;
    this.plugins = plugins;
    this.clock = clock;
  }

  /** The layer that allows this channel's data to leave now; empty when that is denied. */
  public Optional<String> authority(ChannelSettings settings) {
    Explanation explanation = explanation(settings);
    return settings.enabled() && explanation.allowed()
        ? Optional.of(explanation.decidedBy())
        : Optional.empty();
  }

  /** Whether the owner allows this channel's data to leave now. */
  public boolean isAllowed(ChannelSettings settings) {
    return settings.enabled() && explanation(settings).allowed();
  }

  private Explanation explanation(ChannelSettings settings) {
    return consent.explain(settings.purpose(), channel);
  }

  /** Looks at all gates, and announces what is new; opens the outbox's file when it is not open. */
  public AdmissionDecision check(ChannelSettings settings) {
    AdmissionDecision decision =
        look(settings, () -> Optional.of(grace.end(clock.instant())), fields::check);
    if (decision.isOff() && settings.enabled()) {
      announceOff(settings, decision);
    }
    return decision;
  }

  private void announceOff(ChannelSettings settings, AdmissionDecision decision) {
    Optional<TransportSink> sink = plugins.sink(settings.sink());
    if (sink.isPresent() && !decision.destination().isEmpty()) {
      try {
        fields.checkOff(
            new ChannelParts(settings, decision.formatter(), sink.get(), decision.destination()));
      } catch (IOException e) {
        // It is said as soon as something could leave.
      }
    }
  }

  /** As {@link #check}, as far as that is known in memory. */
  public AdmissionDecision look(ChannelSettings settings) {
    return look(settings, grace::knownEnd, fields::look);
  }

  private AdmissionDecision look(
      ChannelSettings settings, GraceEnd graceEnd, NewFieldsGate newFields) {
    Explanation explanation = explanation(settings);
    Optional<ReportFormatter> formatter = plugins.formatter(settings.formatter());
    Optional<TransportSink> sink = plugins.sink(settings.sink());
    SinkState sinkState = sink.map(Admission::state).orElse(SinkState.unconfigured("", ""));
    Closed closed = new Closed(settings, explanation, formatter, sinkState);
    if (!settings.enabled()) {
      return closed.at(
          ChannelState.OFF,
          "Switched off by enabled = false in etc/" + ChannelConfig.PID + "-" + channel + ".cfg.");
    }
    if (!explanation.allowed()) {
      if (consent.explain(settings.purpose()).allowed()) {
        return closed.at(
            ChannelState.OFF, "Turned off by name; telemetry:enable " + channel + " turns it on.");
      }
      return closed.at(
          ChannelState.OFF,
          "Forbidden by "
              + explanation.decidedBy()
              + "; see telemetry:explain "
              + settings.purpose().label()
              + ".");
    }
    if (sink.isEmpty()) {
      return closed.at(
          formatter.isEmpty() ? ChannelState.NO_FORMATTER : ChannelState.NO_SINK,
          missing(settings, formatter, plugins) + " What is queued stays.");
    }
    Optional<String> foreign = formatter.flatMap(made -> foreign(made, sink.get()));
    if (foreign.isPresent()) {
      return closed.at(
          ChannelState.NO_SINK,
          "The sink %s does not take %s, which the formatter %s makes; choose another formatter or sink."
              .formatted(settings.sink(), foreign.get(), settings.formatter()));
    }
    if (!sinkState.configured()) {
      return closed.at(
          formatter.isEmpty() ? ChannelState.NO_FORMATTER : ChannelState.UNCONFIGURED,
          sinkState.advice());
    }
    return withinTime(closed, sink.get(), graceEnd, newFields);
  }

  /** What to do when a channel's sink is not there, or its formatter neither. */
  public static String missing(
      ChannelSettings settings, Optional<ReportFormatter> formatter, Plugins plugins) {
    String sink = plugins.noSink(settings.sink());
    return formatter.isPresent()
        ? sink
        : Stream.of(plugins.noFormatter(settings.formatter()), sink)
            .distinct()
            .collect(Collectors.joining(" "));
  }

  /** That a sink takes nothing of what the formatter makes; empty as well when it does not say. */
  private static Optional<String> foreign(ReportFormatter formatter, TransportSink sink) {
    try {
      Set<String> types = formatter.mediaTypes();
      return types.isEmpty() || types.stream().anyMatch(sink::accepts)
          ? Optional.empty()
          : Optional.of(String.join(" or ", new TreeSet<>(types)));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** What the channel's sink says of itself; from memory. */
  public SinkState sinkState(ChannelSettings settings) {
    return plugins
        .sink(settings.sink())
        .map(Admission::state)
        .orElse(SinkState.unconfigured("", ""));
  }

  /** Where it would send to now. */
  public static SinkState state(TransportSink sink) {
    try {
      return sink.state();
    } catch (RuntimeException | LinkageError e) {
      return SinkState.unconfigured("", "The sink cannot say how it is: " + e + ".");
    }
  }

  private AdmissionDecision withinTime(
      Closed closed, TransportSink sink, GraceEnd graceEnd, NewFieldsGate newFields) {
    try {
      Optional<Instant> end = graceEnd.get();
      if (end.isEmpty()) {
        return closed.at(ChannelState.FAILING, "Has not begun yet.");
      }
      String noFormatter = plugins.noFormatter(closed.settings().formatter()) + " ";
      Optional<Hold> latest =
          Stream.of(
                  firstGrace(end.get()),
                  grant(closed.settings()),
                  newFields.hold(
                      new ChannelParts(
                          closed.settings(),
                          closed.formatter(),
                          sink,
                          closed.sink().destination())))
              .flatMap(Optional::stream)
              .reduce((one, other) -> other.until().isAfter(one.until()) ? other : one);
      if (latest.isPresent()) {
        return closed.until(
            latest.get().until(),
            closed.formatter().isEmpty()
                ? noFormatter + latest.get().advice()
                : latest.get().advice());
      }
      return closed.open(sink, noFormatter);
    } catch (IOException e) {
      return closed.at(
          ChannelState.FAILING,
          "Nothing can be sent, since nothing can be kept: " + e.getMessage());
    }
  }

  private Optional<Hold> firstGrace(Instant end) {
    return clock.instant().isBefore(end)
        ? Optional.of(
            new Hold(
                end,
                "Nothing leaves before "
                    + end.truncatedTo(ChronoUnit.SECONDS)
                    + "; telemetry:preview "
                    + channel
                    + " shows what."))
        : Optional.empty();
  }

  /** A file takes back what it said itself, and its reader may have written neither. */
  private Optional<Hold> grant(ChannelSettings settings) {
    return opens(settings)
        .map(
            until ->
                new Hold(
                    until,
                    "A file allows "
                        + settings.purpose().label()
                        + " again, which it forbade before. Nothing leaves before "
                        + until.truncatedTo(ChronoUnit.SECONDS)
                        + "; telemetry:explain "
                        + settings.purpose().label()
                        + " says which file, telemetry:enable "
                        + settings.purpose().label()
                        + " allows it at once."));
  }

  private Optional<Instant> opens(ChannelSettings settings) {
    return consent.opens(settings.purpose()).filter(clock.instant()::isBefore);
  }

  /** What was announced lately besides fields, and is not off; from memory. */
  public List<Announced> announced(ChannelSettings settings) {
    if (!isAllowed(settings)) {
      return List.of();
    }
    List<Announced> announced = new ArrayList<>();
    plugins
        .sink(settings.sink())
        .ifPresent(
            sink -> {
              SinkState now = state(sink);
              if (now.configured()) {
                announced.addAll(
                    fields.announced(
                        new ChannelParts(
                            settings,
                            plugins.formatter(settings.formatter()),
                            sink,
                            now.destination())));
              }
            });
    opens(settings)
        .ifPresent(
            until ->
                announced.add(
                    new Announced(
                        channel, Matter.GRANT, settings.purpose().label(), Optional.of(until))));
    return announced;
  }

  private interface GraceEnd {
    Optional<Instant> get() throws IOException;
  }

  private interface NewFieldsGate {
    Optional<Hold> hold(ChannelParts parts) throws IOException;
  }

  private record Closed(
      ChannelSettings settings,
      Explanation explanation,
      Optional<ReportFormatter> formatter,
      SinkState sink) {

    AdmissionDecision at(ChannelState state, String advice) {
      return new AdmissionDecision(
          state,
          explanation.decidedBy(),
          sink.endpoint(),
          sink.destination(),
          formatter,
          Optional.empty(),
          Optional.empty(),
          advice);
    }

    AdmissionDecision until(Instant end, String advice) {
      return new AdmissionDecision(
          formatter.isEmpty() ? ChannelState.NO_FORMATTER : ChannelState.GRACE,
          explanation.decidedBy(),
          sink.endpoint(),
          sink.destination(),
          formatter,
          Optional.empty(),
          Optional.of(end),
          advice);
    }

    AdmissionDecision open(TransportSink open, String noFormatter) {
      return new AdmissionDecision(
          formatter.isEmpty() ? ChannelState.NO_FORMATTER : ChannelState.ACTIVE,
          explanation.decidedBy(),
          sink.endpoint(),
          sink.destination(),
          formatter,
          Optional.of(open),
          Optional.empty(),
          formatter.isEmpty() ? noFormatter + "What is queued still leaves." : "");
    }
  }
}
