package org.candor.format.sentry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Report;

/** The context {@code candor} of an event: what Sentry has no place of its own for. */
final class OwnContext {

  static final String NAME = "candor";

  private OwnContext() {}

  /** The counts of the daily report. */
  static Map<String, Object> inventory(Report report, Facts facts, Clipping clipping) {
    Map<String, Object> context = new LinkedHashMap<>();
    for (InventoryNumber number : InventoryNumber.values()) {
      facts.count(number.fact()).ifPresent(count -> context.put(number.key(), count));
    }
    addNotes(context, report, clipping);
    return context;
  }

  /** What the event of a crash leaves out, and how many crashes it stands for. */
  static Map<String, Object> crash(Report report, Facts facts, Clipping clipping) {
    Map<String, Object> context = new LinkedHashMap<>();
    facts.count(FactNames.CRASH_COUNT).ifPresent(count -> context.put("count", count));
    if (clipping.framesOmitted() > 0) {
      context.put("frames_omitted", clipping.framesOmitted());
    }
    if (clipping.failuresOmitted() > 0) {
      context.put("exceptions_omitted", clipping.failuresOmitted());
    }
    addNotes(context, report, clipping);
    return context;
  }

  private static void addNotes(Map<String, Object> context, Report report, Clipping clipping) {
    if (!report.gaps().isEmpty()) {
      context.put("partial", Gaps.text(report.gaps()));
    }
    if (!clipping.shortened().isEmpty()) {
      context.put("shortened", clipping.shortened());
    }
  }
}
