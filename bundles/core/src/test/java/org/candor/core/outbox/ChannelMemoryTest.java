package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
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

  @Test
  void allThatAChannelRemembersOutlivesARestart() {
    ChannelMemory all =
        new ChannelMemory(
            NOON,
            Optional.of(NOON.plusSeconds(1)),
            Optional.of(NOON.plusSeconds(2)),
            Optional.of(Outcome.REFUSED),
            "said",
            Optional.of(new Pause("e", NOON.plusSeconds(3), false)),
            Optional.of(new ReplyProblem("f", "why")),
            Optional.of(NOON.plusSeconds(4)),
            5,
            6,
            Map.of("too-old", 7L, "refused", 8L));
    assertThat(MemoryCodec.decode(MemoryCodec.encode(all))).contains(all);
    ChannelMemory nothing = ChannelMemory.begun(NOON);
    assertThat(MemoryCodec.decode(MemoryCodec.encode(nothing))).contains(nothing);
    assertThat(MemoryCodec.decode("{")).isEmpty();
  }

  @Test
  void anOlderVersionsMemoryPassesOverTheCrashesBeforeIt() {
    String old = MemoryCodec.encode(memory).replaceAll(",\"lastCrash\":[0-9]+", "");
    assertThat(old).doesNotContain("lastCrash");
    assertThat(MemoryCodec.decode(old).orElseThrow().lastCrash()).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void onlyADeliveryIsTheLastDelivery() {
    ChannelMemory delivered = memory.answered(NOON, Outcome.DELIVERED, "200", Optional.empty());
    assertThat(delivered.lastDelivery()).contains(NOON);
    ChannelMemory later =
        delivered.answered(NOON.plusSeconds(1), Outcome.RETRY, "503", Optional.empty());
    assertThat(later.lastDelivery()).contains(NOON);
    assertThat(later.lastOutcome()).contains(Outcome.RETRY);
    assertThat(later.lastAnswer()).isEqualTo("503");
  }

  @Test
  void crashesArePassedForwardsOnly() {
    long later = NOON.toEpochMilli() + 1;
    assertThat(memory.passed(later).lastCrash()).isEqualTo(later);
    assertThat(memory.passed(later).passed(1).lastCrash()).isEqualTo(later);
  }

  @Test
  void whatLiesInTheFutureIsNowAfterTheClockWasSetBack() {
    ChannelMemory before = memory.reported(NOON).switchedOff(NOON);
    Instant earlier = NOON.minusSeconds(9);
    assertThat(before.notAfter(earlier))
        .isEqualTo(
            new ChannelMemory(
                earlier,
                Optional.of(earlier),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(earlier),
                0,
                NOON.toEpochMilli(),
                Map.of()));
    assertThat(before.notAfter(NOON)).isEqualTo(before);
    assertThat(before.notAfter(NOON.plusSeconds(9))).isEqualTo(before);
  }

  @Test
  void theFirstNoCountsAndAYesEndsIt() {
    ChannelMemory off = memory.switchedOff(NOON);
    assertThat(off.switchedOff(NOON.plusSeconds(1))).isEqualTo(off);
    assertThat(off.offSince()).contains(NOON);
    assertThat(off.switchedOn().offSince()).isEmpty();
    assertThat(memory.switchedOn()).isEqualTo(memory);
  }

  @Test
  void lossesAddUpByReason() {
    ChannelMemory lost = memory.lost("a", 1).lost("b", 2).lost("a", 4).lost("c", 0);
    assertThat(lost.lost()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 5L, "b", 2L));
  }
}
