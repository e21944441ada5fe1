package org.candor.core.reporting;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.collect.Snapshot;
import org.candor.core.plugin.ChannelSettings;

/** Formats reports, for sending and for the preview alike. */
public final class ReportMaker {

  private final Collector collector;
  private final DisclosureGate fields;

  public ReportMaker(Collector collector, DisclosureGate fields) {
    this.collector = collector;
    this.fields = fields;
  }

  /**
   * Asks the sources and formats what they saw.
   *
   * @throws IOException when there is no report to be made, with the reason
   */
  MadeReport report(ChannelSettings settings, ReportFormatter formatter) throws IOException {
    return format(settings, formatter, collector.snapshot());
  }

  /** What the sources saw last. */
  Snapshot latest() throws IOException {
    return collector.latest();
  }

  /**
   * Formats what is known, but for facts that only fields are made from that are withheld.
   *
   * @throws UnformattableException when the formatter fails at this, with the reason
   * @throws IOException when nobody knows what is withheld, with the reason
   */
  public MadeReport format(ChannelSettings settings, ReportFormatter formatter, Snapshot snapshot)
      throws IOException {
    Set<String> facts = fields.facts(settings, formatter);
    try {
      return format(settings.report(), formatter, snapshot, facts);
    } catch (RuntimeException | LinkageError e) {
      throw new UnformattableException(settings.formatter(), e);
    }
  }

  /** Hands a formatter the facts of the given names, and no other. */
  static MadeReport format(
      ReportKind kind, ReportFormatter formatter, Snapshot snapshot, Set<String> facts) {
    return new MadeReport(snapshot, List.copyOf(formatter.format(snapshot.as(kind).only(facts))));
  }
}
