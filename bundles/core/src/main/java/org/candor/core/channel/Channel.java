package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.candor.api.ChannelState;
import org.candor.control.Announced;
import org.candor.control.ChannelStatus;
import org.candor.control.NewFields;
import org.candor.control.Preview;
import org.candor.control.SendResult;
import org.candor.core.admission.Admission;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.delivery.AbortReason;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.disclosure.WithheldFields;
import org.candor.core.history.HistoryLog;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.PreviewMaker;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.work.SerialTask;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channel: the single-threaded event loop behind a queue of requests, seen from outside. Whatever
 * happens (an answer of the owner, a bundle that comes or goes, a time that is reached, a command)
 * only asks for the next step of its {@link ChannelLoop}, and aborts what is in flight when that is
 * denied.
 */
public final class Channel {

  private static final Logger log = LoggerFactory.getLogger(Channel.class);

  /** What is overdue is not tried faster than this. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  /** A machine that slept wakes with its alarms late: looking up bounds that. */
  private static final Duration LOOK_UP = Duration.ofMinutes(1);

  private final String name;
  private final WorkerPool workers;
  private final Admission admission;
  private final DisclosureGate fields;
  private final Plugins plugins;
  private final PreviewMaker previews;
  private final StatusBuilder statusBuilder;
  private final StartNotice announcement = new StartNotice();
  private final DeliveryWorker worker;
  private final ChannelLoop loop;
  private final HistoryLog history;
  private final Clock clock;
  private final SerialTask step;
  private final Queue<CompletableFuture<SendResult>> requests = new ConcurrentLinkedQueue<>();

  private volatile Optional<ChannelSettings> settings;
  private volatile ChannelProgress seen;
  private volatile boolean closed;
  private final AtomicBoolean woken = new AtomicBoolean();
  private Alarm alarm = () -> {};
  private String lastLook = "";

  Channel(
      String name,
      Optional<ChannelSettings> settings,
      WorkerPool workers,
      Admission admission,
      DisclosureGate fields,
      Plugins plugins,
      ReportTriggers triggers,
      DeliveryWorker worker,
      ChannelLoop loop,
      HistoryLog history,
      Clock clock) {
    this.name = name;
    this.settings = settings;
    this.workers = workers;
    this.admission = admission;
    this.fields = fields;
    this.plugins = plugins;
    this.previews = new PreviewMaker(name, plugins, triggers);
    this.statusBuilder = new StatusBuilder(name, admission, clock);
    this.worker = worker;
    this.loop = loop;
    this.history = history;
    this.clock = clock;
    this.seen = ChannelProgress.none(clock.instant());
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

  /** Another channel has delivered to a server; from any thread, and quick. */
  void reached(String server) {
    if (loop.reached(server)) {
      wake();
    }
  }

  /** Something outside changed. */
  void changed() {
    Optional<ChannelSettings> now = settings;
    if (now.isEmpty()) {
      worker.abort(AbortReason.CLOSING);
    } else if (!admission.isAllowed(now.get())) {
      worker.abort(AbortReason.OWNER);
    } else if (plugins.sink(now.get().sink()).isEmpty()) {
      worker.abort(AbortReason.SINK_GONE);
    }
    wake();
  }

  void configure(Optional<ChannelSettings> settings) {
    this.settings = settings;
    changed();
  }

  void close() {
    closed = true;
    worker.close();
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
    Optional<ChannelSettings> now = settings;
    return now.isPresent()
        ? previews.of(now.get())
        : previews.nothing(statusBuilder.unconfigured());
  }

  /** What may leave through this channel, and what not yet. */
  List<WithheldFields> fields() {
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

  /** What else was announced of it lately; from memory. */
  List<Announced> announced() {
    return settings.map(admission::announced).orElse(List.of());
  }

  ChannelStatus status() {
    return statusBuilder.status(settings, seen);
  }

  /** A step that nobody asked for, as after the alarm. */
  void step() {
    alarm.cancel();
    boolean mustRun = woken.getAndSet(false);
    List<CompletableFuture<SendResult>> asked = waiting();
    try {
      if (!mustRun && asked.isEmpty() && isAllAsBefore()) {
        return;
      }
      if (worker.resume()) {
        loop.denied();
      }
      Optional<ChannelSettings> now = settings;
      if (!closed && now.isPresent()) {
        seen = loop.step(now.get(), !asked.isEmpty());
        history.stepped(
            name,
            seen.deliveries(),
            seen.memory().lost().values().stream().mapToLong(Long::longValue).sum());
        announcement.make(now.get(), status());
        lastLook = look(now.get());
      } else if (!closed) {
        seen = loop.idle();
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

  /**
   * Whether nothing is due. Consent, formatters and sinks announce their changes; only a sink may
   * be in another state without that, so it is asked. Touches no disk.
   */
  private boolean isAllAsBefore() {
    Instant now = clock.instant();
    return seen.next().filter(next -> !now.isBefore(next)).isEmpty()
        && settings.map(this::look).filter(lastLook::equals).isPresent();
  }

  private String look(ChannelSettings now) {
    return admission.sinkState(now).toString();
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
    return closed
        ? new SendResult(name, ChannelState.OFF, List.of(), "Candor is stopping.")
        : statusBuilder.result(settings, seen);
  }
}
