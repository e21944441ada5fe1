package org.candor.format.sentry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.api.fact.Fact;
import org.candor.api.report.Gap;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.source.FailureReason;

/** Reports whose facts want to break the envelope. */
final class Hostile {

  /** All that JSON escapes, a line break that would end an envelope's line, and half characters. */
  static final String NASTY = "\"\\\u0000\u001b\n{\"type\":\"event\"}\n\ud800x\udc00\u2028😀";

  /** Larger numbers are not exact where JSON is read by JavaScript. */
  private static final long MOST_IN_JAVASCRIPT = (1L << 53) - 1;

  private Hostile() {}

  static Report inventory() {
    List<Fact> facts = new ArrayList<>();
    for (String name : new SentryFormatter().fields().facts()) {
      facts.add(Reports.text(name, NASTY));
    }
    return new Report(
        ReportKind.INVENTORY,
        Reports.NOON,
        facts,
        List.of(new Gap(NASTY, FailureReason.MALFORMED)));
  }

  /** More exceptions with more frames than any event has room for. */
  static Report crash() {
    Frame frame = new Frame(huge(), NASTY, huge(), Optional.of(-1));
    Failure failure = new Failure(NASTY, huge(), Collections.nCopies(100, frame));
    return Reports.crash(
        new Crash(
            Reports.CRASH_ID,
            huge(),
            Reports.NIGHT,
            CrashLevel.ERROR,
            huge(),
            Optional.of(new KernelSignal(Integer.MIN_VALUE, huge())),
            Optional.of(Integer.MAX_VALUE),
            Optional.of(true),
            Collections.nCopies(60, failure)),
        MOST_IN_JAVASCRIPT,
        Reports.installation(),
        List.of());
  }

  static String huge() {
    return NASTY.repeat(1000);
  }
}
