package org.candor.core.reporting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.core.collect.Snapshot;
import org.candor.core.crash.CrashLog;
import org.candor.core.crash.KeptCrash;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Past;
import org.candor.core.plugin.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Event-driven report trigger: every crash, as soon as it is known. */
public final class CrashTrigger implements ReportTrigger {

  private static final Logger log = LoggerFactory.getLogger(CrashTrigger.class);

  /** How many are formatted and queued together. */
  private static final int MOST = 20;

  /** Why crashes are lost, as {@code telemetry:status} shows it. */
  private static final String UNFORMATTABLE = "unformattable";

  private final String channel;
  private final CrashLog crashes;
  private final Outbox outbox;
  private final ReportMaker reports;
  private final Clock clock;

  public CrashTrigger(
      String channel, CrashLog crashes, Outbox outbox, ReportMaker reports, Clock clock) {
    this.channel = channel;
    this.crashes = crashes;
    this.outbox = outbox;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue)
      throws IOException {
    return next(queue.memory(), 1).stream().findFirst().map(crash -> readySince);
  }

  @Override
  public Optional<PreparedReport> report(
      ChannelSettings settings, ReportFormatter formatter, OutboxView queue) throws IOException {
    List<KeptCrash> next = next(queue.memory(), MOST);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Snapshot known = reports.latest();
    Past past = outbox.past();
    List<Message> messages = new ArrayList<>();
    int unformattable = 0;
    for (KeptCrash crash : next) {
      List<Message> made = format(settings, formatter, known, crash, past);
      unformattable += made.isEmpty() ? 1 : 0;
      made.stream().filter(message -> !past.isCaredFor(message.id())).forEach(messages::add);
    }
    return Optional.of(prepared(next, messages, unformattable));
  }

  private PreparedReport prepared(List<KeptCrash> next, List<Message> messages, int lost) {
    Instant now = clock.instant();
    long last = next.get(next.size() - 1).number();
    return new PreparedReport(
        messages,
        memory -> memory.reported(now).passed(last).lost(UNFORMATTABLE, lost),
        () -> {
          for (KeptCrash crash : next) {
            crashes.taken(crash.number());
          }
        },
        next.size() < MOST);
  }

  /** Empty when the formatter cannot put this crash into words: the others must not wait for it. */
  private List<Message> format(
      ChannelSettings settings,
      ReportFormatter formatter,
      Snapshot known,
      KeptCrash crash,
      Past past)
      throws IOException {
    try {
      List<Message> made = made(settings, formatter, known, crash).messages();
      Crash another = crash.crash();
      for (int tries = 0; wasSentOtherwise(made, past) && tries < MOST; tries++) {
        // What is known besides the crash has changed, and with it the bytes.
        another = under(Crash.idFrom(another.id()), another);
        made = made(settings, formatter, known, another, crash.count()).messages();
      }
      return wasSentOtherwise(made, past) ? List.of() : made;
    } catch (UnformattableException e) {
      log.error(
          "{}: a crash of {} cannot be reported: {} It is counted as lost: {}.",
          channel,
          crash.crash().component(),
          e.getMessage(),
          UNFORMATTABLE);
      return List.of();
    }
  }

  private static boolean wasSentOtherwise(List<Message> made, Past past) {
    return made.stream()
        .anyMatch(message -> past.wasTried(message.id()) && !past.isCaredFor(message.id()));
  }

  private static Crash under(String id, Crash crash) {
    return new Crash(
        id,
        crash.component(),
        crash.at(),
        crash.level(),
        crash.message(),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        crash.failures());
  }

  private MadeReport made(
      ChannelSettings settings, ReportFormatter formatter, Snapshot known, KeptCrash crash)
      throws IOException {
    return made(settings, formatter, known, crash.crash(), crash.count());
  }

  private MadeReport made(
      ChannelSettings settings, ReportFormatter formatter, Snapshot known, Crash crash, long count)
      throws IOException {
    return reports.format(settings, formatter, known.with(CrashFacts.of(crash, count)));
  }

  @Override
  public void clear() throws IOException {
    long last = crashes.lastNumber();
    outbox.remember(channel, memory -> memory.passed(last));
  }

  @Override
  public MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    List<KeptCrash> next = next(outbox.memory(channel), MOST);
    Snapshot known = reports.latest();
    List<Message> messages = new ArrayList<>();
    for (KeptCrash crash : next.isEmpty() ? crashes.newest().stream().toList() : next) {
      messages.addAll(made(settings, formatter, known, crash).messages());
    }
    return new MadeReport(known, messages);
  }

  private List<KeptCrash> next(ChannelMemory memory, int most) throws IOException {
    return crashes.after(memory.lastCrash(), most);
  }
}
