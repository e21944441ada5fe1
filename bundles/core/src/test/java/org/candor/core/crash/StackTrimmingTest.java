package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.candor.api.crash.Crash;
import org.junit.jupiter.api.Test;

class StackTrimmingTest {

  @Test
  void whatFitsStaysAsItIs() {
    Crash crash = CrashFixture.segv("a");
    assertThat(StackTrimming.fit(crash, 10_000)).isEqualTo(crash);
  }

  @Test
  void theOutermostCallsGoFirstAndThenTheInnermostCauses() {
    Crash crash = CrashFixture.large(1, "c", 10, 200);
    Crash some = StackTrimming.fit(crash, 64 << 10);
    assertThat(some.failures()).hasSize(10);
    assertThat(some.failures().get(0).frames()).hasSize(16);
    Crash few = StackTrimming.fit(crash, 2 << 10);
    assertThat(few.failures()).hasSize(5);
    assertThat(few.failures().get(0).frames()).hasSize(1);
    Crash none = StackTrimming.fit(crash, 10);
    assertThat(none.failures()).isEqualTo(List.of());
    assertThat(none.message()).isEqualTo(crash.message());
  }
}
