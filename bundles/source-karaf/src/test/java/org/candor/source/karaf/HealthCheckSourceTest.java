package org.candor.source.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.candor.api.Deadline;
import org.candor.api.source.Observation;
import org.junit.jupiter.api.Test;

class HealthCheckSourceTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @Test
  void whatIsNeitherGoodNorAWarningIsUnhealthy() {
    FakeExecutor executor = new FakeExecutor(Result.Status.values());
    assertThat(observe(executor))
        .isEqualTo(Observation.builder().unit("health-checks", 5, 3).build());
    assertThat(executor.timeouts).containsExactly(5000);
  }

  @Test
  void withoutChecksThereIsNoUnit() {
    assertThat(observe(new FakeExecutor()).facts()).isEmpty();
  }

  private static Observation observe(FakeExecutor executor) {
    return new HealthCheckSource(executor).observe(Deadline.after(Duration.ofSeconds(5), CLOCK));
  }

  private static final class FakeExecutor implements HealthCheckExecutor {
    private final Result.Status[] states;
    private final List<Integer> timeouts = new ArrayList<>();

    FakeExecutor(Result.Status... states) {
      this.states = states;
    }

    @Override
    public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<HealthCheckExecutionResult> execute(
        HealthCheckSelector selector, HealthCheckExecutionOptions options) {
      assertThat(selector).isEqualTo(HealthCheckSelector.empty());
      timeouts.add(options.getOverrideGlobalTimeout());
      return Arrays.stream(states).<HealthCheckExecutionResult>map(FakeResult::new).toList();
    }
  }

  private record FakeResult(Result.Status status) implements HealthCheckExecutionResult {

    @Override
    public Result getHealthCheckResult() {
      return new Result(status, "");
    }

    @Override
    public long getElapsedTimeInMs() {
      return 0;
    }

    @Override
    public Date getFinishedAt() {
      return new Date(0);
    }

    @Override
    public boolean hasTimedOut() {
      return false;
    }

    @Override
    public HealthCheckMetadata getHealthCheckMetadata() {
      throw new UnsupportedOperationException();
    }
  }
}
