package org.candor.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLimitTest {

  private long nanos = Long.MAX_VALUE - 3;
  private final List<String> log = new ArrayList<>();
  private final LogLimit limit = new LogLimit(2, () -> log.add("full"), () -> nanos);

  private void write(int lines) {
    for (int i = 0; i < lines; i++) {
      limit.write(() -> log.add("line"));
    }
  }

  @Test
  void aMinuteHasSoManyLinesAndOneThatSaysSo() {
    write(2);
    assertThat(log).containsExactly("line", "line");
    write(100);
    assertThat(log).containsExactly("line", "line", "full");
    nanos += Duration.ofMinutes(1).toNanos();
    write(1);
    assertThat(log).containsExactly("line", "line", "full", "line");
  }
}
