package org.candor.core.reporting;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.report.ReportFormatter;
import org.candor.core.outbox.OutboxView;
import org.candor.core.plugin.ChannelSettings;

/**
 * Report trigger: what makes a channel report, and of what; one for each kind of report. For one
 * thread at a time.
 */
public interface ReportTrigger {

  /**
   * When there is something to report; empty when only an event can bring that about.
   *
   * @param readySince since when the channel has been able to report
   * @param queue the channel's queue and memory now
   */
  Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue)
      throws IOException;

  /**
   * Makes what is to be reported; queues nothing itself.
   *
   * @param queue the channel's queue and memory now
   * @return empty when there is nothing to report
   */
  Optional<PreparedReport> report(
      ChannelSettings settings, ReportFormatter formatter, OutboxView queue) throws IOException;

  /**
   * Whether what is queued should leave now; asked before every attempt, unless somebody asked for
   * it to leave.
   *
   * @param queue the channel's queue and memory now
   */
  default boolean isRipe(OutboxView queue) {
    return true;
  }

  /**
   * The owner denies: what would be reported now never is.
   *
   * @throws IOException when that cannot be remembered
   */
  void clear() throws IOException;

  /**
   * What would be reported now.
   *
   * @throws IOException when there is no report to be made, with the reason
   */
  MadeReport preview(ChannelSettings settings, ReportFormatter formatter) throws IOException;
}
