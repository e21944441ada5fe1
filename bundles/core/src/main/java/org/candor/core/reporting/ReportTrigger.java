package org.candor.core.reporting;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.report.ReportFormatter;
import org.candor.core.plugin.ChannelSettings;

/** What makes a channel report, and of what. For one thread at a time. */
public interface ReportTrigger {

  /**
   * When there is something to report; empty when only an event can bring that about.
   *
   * @param readySince since when the channel has been able to report
   */
  Optional<Instant> due(ChannelSettings settings, Instant readySince) throws IOException;

  /**
   * Makes what is to be reported and puts it into the outbox.
   *
   * @param mayQueue asked last, since the owner may have said no in the meantime
   */
  void report(ChannelSettings settings, ReportFormatter formatter, BooleanSupplier mayQueue)
      throws IOException;

  /**
   * Whether what is queued should leave now; asked before every attempt, unless somebody asked for
   * it to leave.
   */
  default boolean isRipe() throws IOException {
    return true;
  }

  /** The owner says no: what is on the agenda now is never reported. */
  void clear() throws IOException;

  /**
   * What would be reported now.
   *
   * @throws IOException when there is no report to be made, with the reason
   */
  ReportMaker.MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException;
}
