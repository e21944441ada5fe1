package org.candor.core.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.ChannelState;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.TransportSink;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventIntake.Taken;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.QueueClass;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.web.WebEventFormat.Formatted;

/**
 * Web event intake with group commit: where a channel takes what people do in a product's web page,
 * from any number of threads: the events of all who come at the same time are formatted and put on
 * disk together.
 */
public final class WebEventReceiver {

  /** Why events are lost, as {@code telemetry:status} shows it. */
  private static final String UNFORMATTABLE = "unformattable";

  private final String channel;
  private final Admission admission;
  private final Plugins plugins;
  private final WebEventFormat format;
  private final Outbox outbox;
  private final ChainedJournal journal;
  private final WakeUpTimer pace;
  private final Clock clock;
  private final GroupCommit<Brought, Taken> commits = new GroupCommit<>(this::take);
  private final DeduplicationWindow recent;
  private final long generation;
  private final Backpressure backpressure;
  private Optional<Before> before = Optional.empty();
  private int untold;

  public WebEventReceiver(
      String channel,
      Admission admission,
      Plugins plugins,
      WebEventFormat format,
      Outbox outbox,
      ChainedJournal journal,
      WakeUpTimer pace,
      Clock clock) {
    this.channel = channel;
    this.admission = admission;
    this.plugins = plugins;
    this.format = format;
    this.outbox = outbox;
    this.journal = journal;
    this.pace = pace;
    this.clock = clock;
    this.backpressure = new Backpressure(() -> outbox.fill(channel));
    this.recent = new DeduplicationWindow(clock);
    this.generation = outbox.generation();
  }

  private record Brought(ChannelSettings settings, List<WebEvent> events) {}

  /** Ids of messages that an earlier process took and whose events may come again for a while. */
  private record Before(Set<String> ids, Instant until) {}

  /**
   * Takes events, each once; they are on disk when this returns, unless a gate is closed.
   *
   * @throws IOException when they cannot be kept, or too many wait already
   */
  public Taken take(ChannelSettings settings, List<WebEvent> events) throws IOException {
    if (outbox.isTight()) {
      throw new IOException(
          "The disk is nearly full; what is left is for what waits. Offer these again later.");
    }
    // Before the turn is taken, so that whoever waits keeps nobody from being denied.
    backpressure.awaitRoom();
    return commits.bring(new Brought(settings, events));
  }

  /** The owner denies: whoever was let in before is done when this returns. */
  void clear() throws IOException {
    commits.settle();
  }

  /** The delivery worker is about to take something. */
  public void workerComes() {
    backpressure.workerCame();
  }

  private List<Taken> take(List<Brought> group) throws IOException {
    ChannelSettings settings = group.get(group.size() - 1).settings();
    AdmissionDecision decision = admission.check(settings);
    Optional<ReportFormatter> formatter = decision.formatter();
    if (formatter.isEmpty() || !isOpen(decision.state())) {
      return refused(group, decision.state());
    }
    outbox.classify(channel, QueueClass.of(settings.report()));
    recent.trim();
    List<WebEvent> fresh = new ArrayList<>();
    List<Integer> counts = fresh(group, fresh);
    boolean kept = false;
    try {
      Formatted formatted = format.format(settings, formatter.get(), fresh, knownBefore());
      Optional<ChannelState> closed = closed(settings, formatted.messages());
      if (closed.isPresent()) {
        return refused(group, closed.get());
      }
      keep(formatted);
      kept = true;
      return results(group, fresh, counts, formatted, decision.state());
    } finally {
      if (!kept) {
        fresh.forEach(event -> recent.remove(event.id()));
      }
    }
  }

  private static boolean isOpen(ChannelState state) {
    return state == ChannelState.ACTIVE
        || state == ChannelState.GRACE
        || state == ChannelState.FAILING;
  }

  private List<Taken> refused(List<Brought> group, ChannelState state) {
    if (state == ChannelState.OFF) {
      recent.clear();
    }
    return Collections.nCopies(group.size(), new Taken(0, 0, state));
  }

  /** The gate that closed in the meantime, or that these messages do not get through. */
  private Optional<ChannelState> closed(ChannelSettings settings, List<Message> messages) {
    if (!admission.isAllowed(settings)) {
      return Optional.of(ChannelState.OFF);
    }
    Optional<TransportSink> sink = plugins.sink(settings.sink());
    return sink.isPresent()
            && messages.stream()
                .map(Message::mediaType)
                .distinct()
                .allMatch(type -> sink.get().accepts(type))
        ? Optional.empty()
        : Optional.of(ChannelState.NO_SINK);
  }

  /**
   * Puts together what is new; what comes several times is for whoever brought it first.
   *
   * @return how many are new of each
   */
  private List<Integer> fresh(List<Brought> group, List<WebEvent> fresh) {
    List<Integer> counts = new ArrayList<>(group.size());
    for (Brought brought : group) {
      int before = fresh.size();
      for (WebEvent event : brought.events()) {
        if (recent.add(event.id())) {
          fresh.add(event);
        }
      }
      counts.add(fresh.size() - before);
    }
    return counts;
  }

  private Set<String> knownBefore() throws IOException {
    Instant now = clock.instant();
    if (before.isEmpty()) {
      Set<String> ids = new HashSet<>(outbox.waiting());
      ids.addAll(journal.settledMessages(now.minus(DeduplicationWindow.WHILE)));
      before = Optional.of(new Before(ids, now.plus(DeduplicationWindow.WHILE)));
    } else if (now.isAfter(before.get().until())) {
      before = Optional.of(new Before(Set.of(), Instant.MAX));
    }
    return before.get().ids();
  }

  private void keep(Formatted formatted) throws IOException {
    int lost = formatted.unformattable().size();
    if (formatted.messages().isEmpty() && lost == 0) {
      return;
    }
    boolean sameEra =
        outbox.within(
            generation,
            () ->
                outbox.accept(
                    channel, formatted.messages(), memory -> memory.lost(UNFORMATTABLE, lost)));
    if (!sameEra) {
      throw new IOException("Everything was forgotten in between. Offer these again.");
    }
    untold += formatted.messages().size();
    boolean many = untold >= WebEventTrigger.MANY;
    untold = many ? 0 : untold;
    pace.within(many ? Duration.ZERO : WebEventTrigger.MOMENT);
  }

  private static List<Taken> results(
      List<Brought> group,
      List<WebEvent> fresh,
      List<Integer> counts,
      Formatted formatted,
      ChannelState state) {
    List<Taken> results = new ArrayList<>(group.size());
    int place = 0;
    for (int i = 0; i < group.size(); i++) {
      List<WebEvent> own = fresh.subList(place, place + counts.get(i));
      int known = (int) own.stream().filter(e -> formatted.repeated().contains(e.id())).count();
      int lost = (int) own.stream().filter(e -> formatted.unformattable().contains(e.id())).count();
      int repeated = group.get(i).events().size() - own.size() + known;
      results.add(new Taken(own.size() - known - lost, repeated, state));
      place += own.size();
    }
    return results;
  }
}
