package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.candor.api.consent.Purpose;
import org.candor.api.control.ChannelState;
import org.candor.api.control.ChannelStatus;
import org.candor.api.control.NewFields;
import org.candor.api.control.Preview;
import org.candor.api.control.SendResult;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;
import org.candor.core.channel.Gates.Passage;
import org.candor.core.history.HistoryLog;
import org.candor.core.told.Withheld;
import org.candor.core.work.Workers;
import org.candor.core.work.Workers.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel, seen from outside. Whatever happens (a word of the owner, a bundle that comes or
 * goes, a time that is reached, a command) only asks for the next step of its {@link Runner}, and
 * aborts what is in flight when that is no more allowed.
 */
final class Channel {

  private static final Logger log = LoggerFactory.getLogger(Channel.class);

  /** What is overdue is not tried faster than this. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  /** A machine that slept wakes with its alarms late: looking up bounds that. */
  private static final Duration LOOK_UP = Duration.ofMinutes(1);

  private final String name;
  private final Workers workers;
  private final Gates gates;
  private final FieldGate fields;
  private final Plugins plugins;
  private final Agendas agendas;
  private final Courier courier;
  private final Runner runner;
  private final HistoryLog history;
  private final Clock clock;
  private final SerialTask step;
  private final Queue<CompletableFuture<SendResult>> requests = new ConcurrentLinkedQueue<>();

  private volatile Optional<ChannelSettings> settings;
  private volatile Progress seen;
  private volatile boolean closed;
  private final AtomicBoolean woken = new AtomicBoolean();
  private Alarm alarm = () -> {};
  private String lastLook = "";
  private boolean announced;

  Channel(
      String name,
      Optional<ChannelSettings> settings,
      Workers workers,
      Gates gates,
      FieldGate fields,
      Plugins plugins,
      Agendas agendas,
      Courier courier,
      Runner runner,
      HistoryLog history,
      Clock clock) {
    this.name = name;
    this.settings = settings;
    this.workers = workers;
    this.gates = gates;
    this.fields = fields;
    this.plugins = plugins;
    this.agendas = agendas;
    this.courier = courier;
    this.runner = runner;
    this.history = history;
    this.clock = clock;
    this.seen = Progress.none(clock.instant());
    this.step = new SerialTask(workers::execute, this::step);
  }

  String name() {
    return name;
  }

  /** Empty while the channel is not configured. */
  Optional<ChannelSettings> settings() {
    return settings;
  }

  /** Asks for a step; does nothing itself. */
  void begin() {
    wake();
  }

  private void wake() {
    woken.set(true);
    step.ask();
  }

  /** Something outside changed. */
  void changed() {
    Optional<ChannelSettings> now = settings;
    if (now.isEmpty()) {
      courier.abort(Stop.CLOSING);
    } else if (!gates.isAllowed(now.get())) {
      courier.abort(Stop.OWNER);
    } else if (plugins.sink(now.get().sink()).isEmpty()) {
      courier.abort(Stop.SINK_GONE);
    }
    wake();
  }

  void configure(Optional<ChannelSettings> settings) {
    this.settings = settings;
    changed();
  }

  void close() {
    closed = true;
    courier.close();
    wake();
    requestsAtTheEnd();
  }

  /** Reports now; completed after the attempts, or at once when a gate is closed. */
  CompletableFuture<SendResult> send() {
    CompletableFuture<SendResult> request = new CompletableFuture<>();
    requests.add(request);
    wake();
    requestsAtTheEnd();
    return request;
  }

  /** The workers may be gone, so that no step comes any more. */
  private void requestsAtTheEnd() {
    if (closed) {
      answer(waiting());
    }
  }

  Preview preview() throws IOException {
    if (settings.isEmpty()) {
      return new Preview(name, List.of(), List.of(), unconfigured());
    }
    ChannelSettings now = settings.get();
    Optional<ReportFormatter> formatter = plugins.formatter(now.formatter());
    if (formatter.isEmpty()) {
      return new Preview(
          name, List.of(), List.of(), "No formatter is called " + now.formatter() + ".");
    }
    Reporter.Made made = agendas.of(now).preview(now, formatter.get());
    List<Message> messages = made.messages();
    if (messages.isEmpty()) {
      return new Preview(
          name,
          List.of(),
          made.snapshot().gaps(),
          switch (now.report()) {
            case CRASH -> "No crash was seen here, so that there is nothing to report.";
            case UI -> "Nothing waits of what was done in a product's web page.";
            case HEALTH, INVENTORY, VERSION_CHECK -> "There is nothing to report.";
          });
    }
    Optional<TransportSink> sink =
        plugins
            .sink(now.sink())
            .filter(found -> messages.stream().allMatch(m -> found.accepts(m.mediaType())));
    if (sink.isEmpty()) {
      return new Preview(
          name,
          messages.stream().map(m -> new Payload(m.id(), m.mediaType(), m.body())).toList(),
          made.snapshot().gaps(),
          "No sink called " + now.sink() + " takes this: shown is what the formatter made.");
    }
    return new Preview(name, Batches.encode(sink.get(), messages), made.snapshot().gaps(), "");
  }

  /** What may leave through this channel, and what not yet. */
  List<Withheld> fields() {
    return settings
        .map(
            now -> fields.fields(now, plugins.formatter(now.formatter()), plugins.sink(now.sink())))
        .orElse(List.of());
  }

  /** What it can send since an upgrade; from memory. */
  Optional<NewFields> newFields() {
    return settings.flatMap(
        now ->
            fields.news(
                now,
                plugins.formatter(now.formatter()),
                plugins.sink(now.sink()),
                clock.instant()));
  }

  ChannelStatus status() {
    Progress progress = seen;
    Optional<ChannelSettings> now = settings;
    if (now.isEmpty()) {
      return status(
          progress,
          Purpose.USAGE,
          ReportKind.HEALTH,
          Optional.empty(),
          ChannelState.UNCONFIGURED,
          unconfigured());
    }
    Passage passage = gates.look(now.get());
    Optional<Trouble> failure = progress.trouble().or(() -> failure(progress, passage.endpoint()));
    boolean mayWork =
        passage.state() == ChannelState.ACTIVE || passage.state() == ChannelState.FAILING;
    boolean failing = mayWork && failure.isPresent();
    return status(
        progress,
        now.get().purpose(),
        now.get().report(),
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
        name,
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

  private void step() {
    alarm.cancel();
    boolean mustRun = woken.getAndSet(false);
    List<CompletableFuture<SendResult>> asked = waiting();
    try {
      if (!mustRun && asked.isEmpty() && isAllAsBefore()) {
        return;
      }
      boolean saidNo = courier.resume();
      Optional<ChannelSettings> now = settings;
      if (!closed && now.isPresent()) {
        seen = runner.step(now.get(), !asked.isEmpty(), saidNo);
        history.stepped(
            name,
            seen.deliveries(),
            seen.memory().lost().values().stream().mapToLong(Long::longValue).sum());
        announce(now.get());
        lastLook = look(now.get());
      }
    } catch (RuntimeException | Error e) {
      woken.set(true);
      log.error("{}: a step failed; the next is tried within {}", name, LOOK_UP, e);
    } finally {
      if (!closed && settings.isPresent()) {
        alarm = workers.after(untilNext(), step::ask);
      }
      answer(asked);
    }
  }

  /** Whether nothing is due and nothing changed that nobody told of. */
  private boolean isAllAsBefore() {
    Instant now = clock.instant();
    return seen.next().filter(next -> !now.isBefore(next)).isEmpty()
        && settings.map(this::look).filter(lastLook::equals).isPresent();
  }

  /** What the gates look like, without the services behind them, which may go. */
  private String look(ChannelSettings now) {
    Passage passage = gates.look(now);
    return String.join(
        "\n", passage.state().label(), passage.decidedBy(), passage.endpoint(), passage.advice());
  }

  private List<CompletableFuture<SendResult>> waiting() {
    List<CompletableFuture<SendResult>> waiting = new ArrayList<>();
    for (var request = requests.poll(); request != null; request = requests.poll()) {
      waiting.add(request);
    }
    return waiting;
  }

  private void answer(List<CompletableFuture<SendResult>> asked) {
    asked.forEach(request -> request.complete(result()));
  }

  private Duration untilNext() {
    return seen.next()
        .map(next -> Duration.between(clock.instant(), next))
        .map(wait -> wait.isNegative() || wait.isZero() ? SHORTEST_WAIT : wait)
        .filter(wait -> wait.compareTo(LOOK_UP) < 0)
        .orElse(LOOK_UP);
  }

  private SendResult result() {
    if (closed) {
      return new SendResult(name, ChannelState.OFF, List.of(), "Candor is stopping.");
    }
    ChannelStatus status = status();
    String note =
        status.queued() > 0
            ? status.queued() + " messages wait. " + status.advice()
            : status.advice();
    if (status.report() == ReportKind.CRASH
        && status.state() == ChannelState.ACTIVE
        && note.isEmpty()
        && seen.deliveries().isEmpty()) {
      note = "There is no crash to report.";
    }
    if (status.report() == ReportKind.UI
        && status.state() == ChannelState.ACTIVE
        && note.isEmpty()
        && seen.deliveries().isEmpty()) {
      note = "Nothing waits of what was done in a product's web page.";
    }
    return new SendResult(name, status.state(), seen.deliveries(), note.strip());
  }

  private void announce(ChannelSettings now) {
    ChannelStatus status = status();
    if (announced
        || status.state() == ChannelState.NO_SINK
        || status.state() == ChannelState.NO_FORMATTER) {
      return;
    }
    announced = true;
    log.info(
        "{}: {} of this installation goes to {} {} for {}, state {}{}. telemetry:preview {}"
            + " shows what leaves, telemetry:disable {} stops it.",
        name,
        now.report().label(),
        status.endpoint().isEmpty() ? "an endpoint that is not set" : status.endpoint(),
        now.report() == ReportKind.CRASH || now.report() == ReportKind.UI
            ? "as it happens"
            : "every "
                + now.interval().toString().substring("PT".length()).toLowerCase(Locale.ROOT),
        now.purpose().label(),
        status.state().label(),
        status.next().map(next -> ", first at " + next).orElse(""),
        name,
        now.purpose().label());
  }

  private String unconfigured() {
    return "etc/"
        + ChannelConfig.PID
        + "-"
        + name
        + ".cfg has a value that is refused; see the log.";
  }
}
