package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.candor.http.testing.Misbehaviour;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An endpoint that fails, in front of the whole distribution. */
class EndpointFaultsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;
  private SegmentServer server;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    server = segment.server();
  }

  @AfterEach
  void close() throws Exception {
    segment.close();
  }

  @FunctionalInterface
  interface Fault {
    void on(SegmentServer server);
  }

  static Stream<Named<Fault>> faultsThatPass() {
    return Stream.of(
        Named.of("500", server -> server.answers(500, "", "{\"message\":\"oops\"}")),
        Named.of("reset", server -> server.misbehaves(Misbehaviour.RESETS)),
        Named.of("hang", SegmentServer::hangs),
        Named.of("garbage", server -> server.misbehaves(Misbehaviour.TALKS_GARBAGE)),
        Named.of("half an answer", server -> server.misbehaves(Misbehaviour.LEAVES_HALF_WAY)));
  }

  @ParameterizedTest
  @MethodSource("faultsThatPass")
  void whatWasNotTakenWaitsAndArrivesByItselfUnderTheSameId(Fault fault) throws Exception {
    fault.on(server);
    Answer failed = karaf.command("telemetry:send segment");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.text()).contains("retry", "1 message waits");
    JsonObject channel = karaf.channel();
    assertThat(SharedSegment.state(channel)).isEqualTo("failing");
    assertThat(SharedSegment.queued(channel)).isEqualTo(1);
    assertThat(channel.get("next").isJsonNull()).isFalse();
    List<String> kept = ids("retry");

    server.takes();
    segment.awaitDelivery();
    assertThat(ids("delivered")).isEqualTo(kept);
    assertThat(server.takenIds()).hasSize(1);
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    server.answers(429, "Retry-After: 4\r\n", "slow down");
    long begin = System.nanoTime();
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    assertThat(karaf.command("telemetry:send segment").text())
        .as("not even when asked")
        .contains("messages wait");
    assertThat(server.requests()).isEqualTo(1);

    server.takes();
    Eventually.await("the retry", Duration.ofSeconds(20), server::taken, t -> !t.isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(4));
    segment.awaitDelivery();
    assertThat(server.takenIds()).hasSize(2).containsAll(server.seen().get(0).messageIds());
  }

  @Test
  void whatIsRefusedIsSentOnceRecordedAndShown() throws Exception {
    long before = SharedSegment.lost(karaf.channel(), "refused");
    server.answers(400, "", "{\"message\":\"malformed JSON\"}");
    Answer refused = karaf.command("telemetry:send segment");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.text()).contains("refused", "malformed JSON");

    JsonObject channel = karaf.channel();
    assertThat(SharedSegment.state(channel)).isEqualTo("failing");
    assertThat(channel.get("advice").getAsString()).contains("malformed JSON");
    assertThat(SharedSegment.queued(channel)).isZero();
    assertThat(SharedSegment.lost(channel, "refused")).isEqualTo(before + 1);
    JsonObject entry = newest();
    assertThat(entry.get("outcome").getAsString()).isEqualTo("refused");
    assertThat(entry.get("answer").getAsString()).contains("400", "malformed JSON");
    assertThat(karaf.run("telemetry:sent --payload " + server.seen().get(0).id()).out())
        .isEqualTo(server.seen().get(0).text());

    server.takes();
    segment.send();
    segment.awaitDelivery();
    assertThat(server.seen()).hasSize(2);
    assertThat(server.takenIds()).doesNotContainAnyElementsOf(server.seen().get(0).messageIds());
  }

  private JsonObject newest() throws Exception {
    return karaf
        .run("telemetry:sent --json --count 1")
        .object()
        .getAsJsonArray("entries")
        .get(0)
        .getAsJsonObject();
  }

  /** The payload's id, which follows from those of its messages, when its outcome is this. */
  private List<String> ids(String outcome) throws Exception {
    JsonObject entry = newest();
    assertThat(entry.get("outcome").getAsString()).isEqualTo(outcome);
    return List.of(entry.get("id").getAsString());
  }
}
