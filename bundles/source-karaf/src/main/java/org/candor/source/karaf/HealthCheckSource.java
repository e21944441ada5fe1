package org.candor.source.karaf;

import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.candor.api.Deadline;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * All Felix health checks of this runtime as the one unit {@code health-checks}; their names and
 * messages are the owner's. {@link HealthCheckSwitch} enables it where the checks' executor is.
 */
@Component(name = HealthCheckSwitch.SOURCE, enabled = false)
@SourceName("health-checks")
public final class HealthCheckSource implements HealthSource {

  private final HealthCheckExecutor executor;

  @Activate
  public HealthCheckSource(@Reference HealthCheckExecutor executor) {
    this.executor = executor;
  }

  @Override
  public Observation observe(Deadline deadline) {
    UnitCounts units = new UnitCounts();
    for (HealthCheckExecutionResult check :
        executor.execute(HealthCheckSelector.empty(), within(deadline))) {
      units.add("health-checks", isHealthy(check.getHealthCheckResult().getStatus()));
    }
    Observation.Builder seen = Observation.builder();
    units.addTo(seen);
    return seen.build();
  }

  private static HealthCheckExecutionOptions within(Deadline deadline) {
    long milliseconds = Math.min(Math.max(deadline.remaining().toMillis(), 1), Integer.MAX_VALUE);
    return new HealthCheckExecutionOptions().setOverrideGlobalTimeout((int) milliseconds);
  }

  private static boolean isHealthy(Result.Status status) {
    return status == Result.Status.OK || status == Result.Status.WARN;
  }
}
