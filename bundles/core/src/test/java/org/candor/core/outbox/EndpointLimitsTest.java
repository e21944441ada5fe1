package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointLimitsTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, String> map = new HashMap<>();
  private final EndpointLimits limits = new EndpointLimits(map);

  @Test
  void ofTwoWishesForTheSameTheLongerStays() {
    limits.add("e", "error", NOON);
    limits.add("e", "error", NOON.minusSeconds(1));
    assertThat(limits.end("e", "error")).contains(NOON);
    limits.add("e", "error", NOON.plusSeconds(1));
    assertThat(limits.end("e", "error")).contains(NOON.plusSeconds(1));
  }

  @Test
  void whatIsSaidOfAllCategoriesHoldsForEachAndTheLaterEndCounts() {
    limits.add("e", "", NOON);
    limits.add("e", "error", NOON.plusSeconds(1));
    assertThat(limits.end("e", "error")).contains(NOON.plusSeconds(1));
    assertThat(limits.end("e", "session")).contains(NOON);
    assertThat(limits.end("other", "error")).isEmpty();
  }

  @Test
  void whatEndedIsDroppedAndTheRestIsKept() {
    limits.add("e", "ended", NOON);
    limits.add("e", "holds", NOON.plusSeconds(1));
    limits.dropEnded(NOON);
    assertThat(limits.end("e", "ended")).isEmpty();
    assertThat(limits.end("e", "holds")).isPresent();
    assertThat(map).hasSize(1);
  }

  @Test
  void aSnapshotStaysAsItWas() {
    EndpointLimits before = limits.snapshot();
    limits.add("e", "error", NOON);
    assertThat(before.end("e", "error")).isEmpty();
    assertThat(limits.snapshot().end("e", "error")).contains(NOON);
  }
}
