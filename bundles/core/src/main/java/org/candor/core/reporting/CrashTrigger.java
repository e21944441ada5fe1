package org.candor.core.reporting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.crash.CrashFacts;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.core.collect.Snapshot;
import org.candor.core.crash.CrashLog;
import org.candor.core.crash.KeptCrash;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every crash, as soon as it is known. */
public final class CrashTrigger implements ReportTrigger {

  private static final Logger log = LoggerFactory.getLogger(CrashTrigger.class);

  /** How many are formatted at once. */
  private static final int MOST = 20;

  /** Why crashes are lost, as {@code telemetry:status} shows it. */
  private static final String UNFORMATTABLE = "unformattable";

  private final String channel;
  private final CrashLog crashes;
  private final Outbox outbox;
  private final ReportMaker reporter;
  private final Clock clock;
  private final long generation;

  public CrashTrigger(
      String channel, CrashLog crashes, Outbox outbox, ReportMaker reporter, Clock clock) {
    this.channel = channel;
    this.crashes = crashes;
    this.outbox = outbox;
    this.reporter = reporter;
    this.clock = clock;
    this.generation = outbox.generation();
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince) throws IOException {
    return next(1).stream().findFirst().map(crash -> readySince);
  }

  @Override
  public void report(ChannelSettings settings, ReportFormatter formatter, BooleanSupplier mayQueue)
      throws IOException {
    for (List<KeptCrash> next = next(MOST); !next.isEmpty(); next = next(MOST)) {
      Snapshot known = reporter.latest();
      for (KeptCrash crash : next) {
        List<Message> messages = format(settings, formatter, known, crash);
        if (!mayQueue.getAsBoolean()) {
          return;
        }
        Instant now = clock.instant();
        boolean accepted =
            outbox.within(
                generation,
                () ->
                    outbox.accept(
                        channel,
                        messages,
                        memory ->
                            memory
                                .reported(now)
                                .passed(crash.number())
                                .lost(UNFORMATTABLE, messages.isEmpty() ? 1 : 0)));
        if (!accepted) {
          return;
        }
        crashes.taken(crash.number());
      }
    }
  }

  /** Empty when the formatter cannot put this crash into words: the others must not wait for it. */
  private List<Message> format(
      ChannelSettings settings, ReportFormatter formatter, Snapshot known, KeptCrash crash)
      throws IOException {
    try {
      return made(settings, formatter, known, crash).messages();
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

  private ReportMaker.MadeReport made(
      ChannelSettings settings, ReportFormatter formatter, Snapshot known, KeptCrash crash)
      throws IOException {
    return reporter.format(
        settings, formatter, known.with(CrashFacts.of(crash.crash(), crash.count())));
  }

  @Override
  public void clear() throws IOException {
    long last = crashes.lastNumber();
    outbox.remember(channel, memory -> memory.passed(last));
  }

  @Override
  public ReportMaker.MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    List<KeptCrash> next = next(MOST);
    Snapshot known = reporter.latest();
    List<Message> messages = new ArrayList<>();
    for (KeptCrash crash : next.isEmpty() ? crashes.newest().stream().toList() : next) {
      messages.addAll(made(settings, formatter, known, crash).messages());
    }
    return new ReportMaker.MadeReport(known, messages);
  }

  private List<KeptCrash> next(int most) throws IOException {
    return crashes.after(outbox.memory(channel).lastCrash(), most);
  }
}
