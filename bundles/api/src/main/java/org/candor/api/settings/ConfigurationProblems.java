package org.candor.api.settings;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Somebody who reads configuration and says what is wrong with it now. Whoever registers one as an
 * OSGi service has its problems listed by {@code telemetry:status}. Must be safe for several
 * threads, quick and without I/O.
 */
@ConsumerType
public interface ConfigurationProblems {

  /** What is refused now; empty when all is well. */
  List<ConfigurationProblem> problems();
}
