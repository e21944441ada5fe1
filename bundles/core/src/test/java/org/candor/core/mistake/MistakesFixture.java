package org.candor.core.mistake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.candor.core.feature.Features;
import org.candor.core.work.WorkerPool;

public final class MistakesFixture {

  private MistakesFixture() {}

  /** One that finds none. */
  public static Mistakes none(WorkerPool workers) {
    return new Mistakes(workers, inspection(Map.of()), List::of, line -> {});
  }

  static Inspection inspection(Map<String, Set<String>> declared) {
    return new Inspection(
        new Inspection.Declarations() {
          @Override
          public Set<String> pids() {
            return declared.keySet();
          }

          @Override
          public Set<String> of(String pid) {
            return declared.get(pid);
          }
        },
        Features.ofThisBuild());
  }
}
