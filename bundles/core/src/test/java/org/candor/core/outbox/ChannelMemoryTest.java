package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.sink.Outcome;
import org.junit.jupiter.api.Test;

class ChannelMemoryTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final ChannelMemory memory = ChannelMemory.begun(NOON);

  @Test
  void bytesCountFromTheNoOn() {
    ChannelMemory off = memory.attempted(NOON, 1).switchedOff(NOON.plusSeconds(10));
    assertThat(off.attempted(NOON.plusSeconds(9), 2).bytesSinceOff()).isZero();
    assertThat(off.attempted(NOON.plusSeconds(10), 4).bytesSinceOff()).isEqualTo(4);
    assertThat(off.switchedOn().attempted(NOON.plusSeconds(11), 8).bytesSinceOff()).isZero();
  }

  @Test
  void whatTheEndpointSaidOutlivesARestart() {
    ChannelMemory said =
        memory
            .answered(NOON, Outcome.DELIVERED, "a", Optional.of(new Pause("e", NOON, true)))
            .withReplyProblem(Optional.of(new ReplyProblem("e", "why")))
            .lost("too-old", 2);
    assertThat(MemoryCodec.decode(MemoryCodec.encode(said))).contains(said);
  }

  @Test
  void anOlderVersionsPauseIsTheEndpointsWish() {
    String old =
        MemoryCodec.encode(
                memory.answered(NOON, Outcome.RETRY, "a", Optional.of(new Pause("e", NOON, false))))
            .replace(",\"pauseYields\":false", "");
    assertThat(MemoryCodec.decode(old).orElseThrow().pause()).contains(new Pause("e", NOON, false));
  }

  @Test
  void aRestartWhileOffForgetsNothingAndAnotherNoCountsAnew() {
    ChannelMemory strayed = memory.switchedOff(NOON).attempted(NOON, 4);
    ChannelMemory restarted =
        MemoryCodec.decode(MemoryCodec.encode(strayed)).orElseThrow().switchedOff(NOON);
    assertThat(restarted.bytesSinceOff()).isEqualTo(4);
    assertThat(restarted.switchedOn().switchedOff(NOON).bytesSinceOff()).isZero();
  }
}
