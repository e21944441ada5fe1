package org.candor.core.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.fact.Fact;
import org.candor.api.report.Gap;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;

/** Snapshot: what all sources saw at one moment, as in {@link Report}. */
public record Snapshot(Instant at, List<Fact> facts, List<Gap> gaps) {

  /** The same with more facts. */
  public Snapshot with(List<Fact> more) {
    List<Fact> all = new ArrayList<>(facts);
    all.addAll(more);
    return new Snapshot(at, all, gaps);
  }

  public Report as(ReportKind kind) {
    return new Report(kind, at, facts, gaps);
  }
}
