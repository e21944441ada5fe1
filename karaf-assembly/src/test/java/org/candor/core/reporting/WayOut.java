package org.candor.core.reporting;

import java.util.List;
import java.util.Set;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;
import org.candor.core.collect.Snapshot;

/**
 * What a channel does between its sources and its sink, with the channel's own code: that is why
 * this test class is in core's package.
 */
public final class WayOut {

  private WayOut() {}

  /** The bytes that would leave, of the facts that may. */
  public static List<Payload> payloads(
      ReportKind kind,
      ReportFormatter formatter,
      TransportSink sink,
      Set<String> facts,
      Snapshot snapshot) {
    return PreviewBatches.encode(
        sink, ReportMaker.format(kind, formatter, snapshot, facts).messages());
  }
}
