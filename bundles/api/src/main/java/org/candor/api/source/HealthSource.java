package org.candor.api.source;

import org.candor.api.Deadline;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Observes one thing and says what it saw.
 *
 * <p>Register an implementation as an OSGi service and name it with {@link SourceName}. Sources run
 * side by side on threads of the caller; one that fails or does not come back costs its own facts
 * only, and is not called again until it has come back.
 */
@ConsumerType
public interface HealthSource {

  /**
   * Looks now.
   *
   * @param deadline when to be done; the thread is interrupted and the deadline cancelled then
   * @return what was seen, or {@link Observation#unconfigured} when nothing says where to look
   * @throws SourceException with the reason that a report may carry
   * @throws Exception anything else counts as {@link FailureReason#FAILED}
   */
  Observation observe(Deadline deadline) throws Exception;
}
