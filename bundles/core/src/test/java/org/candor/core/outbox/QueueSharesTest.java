package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.api.report.ReportKind;
import org.candor.core.store.StorePart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel can always use of the outbox, whatever others queue. */
class QueueSharesTest extends OpenOutbox {

  @BeforeEach
  void classify() {
    outbox.classify("crash", QueueClass.of(ReportKind.CRASH));
    outbox.classify("usage", QueueClass.of(ReportKind.HEALTH));
    outbox.classify("check", QueueClass.of(ReportKind.VERSION_CHECK));
    outbox.classify("web", QueueClass.of(ReportKind.UI));
  }

  @Test
  void aFloodOfWebEventsCostsNobodyElseAnything() throws IOException {
    store.maxCount("100");
    accept("crash", 1, 10);
    accept("usage", 1, 10);
    for (int i = 0; i < 30; i++) {
      accept("web", 10, 10);
    }
    assertThat(outbox.count("crash")).isEqualTo(1);
    assertThat(outbox.count("usage")).isEqualTo(1);
    assertThat(outbox.count("web")).as("never more than half").isEqualTo(50);
    assertThat(lost("web")).isEqualTo(Map.of("too-many", 250L));
    assertThat(lost("crash")).isEmpty();
    assertThat(outbox.all("web").get(0).message().id()).isEqualTo("web250");
  }

  @Test
  void theSameGoesForBytes() throws IOException {
    store.maxBytes("2m");
    accept("crash", 3, 10_000);
    accept("usage", 1, 10_000);
    for (int i = 0; i < 60; i++) {
      accept("web", 1, 10_000);
    }
    long half = store.store().settings().budget().contentOf(StorePart.OUTBOX) / 2;
    assertThat(outbox.count("web")).isEqualTo(half / 10_100);
    assertThat(lost("web")).containsOnlyKeys("too-large");
    assertThat(outbox.count("crash")).isEqualTo(3);
    assertThat(outbox.count("usage")).isEqualTo(1);
  }

  @Test
  void webEventsTakeWhatOthersLeaveAndKeepTheirOwnShare() throws IOException {
    store.maxCount("100");
    accept("web", 50, 10);
    accept("usage", 60, 10);
    assertThat(outbox.count("web")).as("usage gives: it is more above its share").isEqualTo(50);
    assertThat(outbox.count("usage")).isEqualTo(50);
    accept("crash", 25, 10);
    assertThat(outbox.count("crash")).isEqualTo(25);
    assertThat(outbox.count("web")).isEqualTo(50);
    assertThat(outbox.count("usage")).as("its half of what reports have is 12").isEqualTo(25);
    accept("crash", 60, 10);
    assertThat(outbox.count("crash")).as("both are as much above theirs").isBetween(31L, 32L);
    assertThat(outbox.count("usage")).isBetween(18L, 19L);
    assertThat(outbox.count("web")).isEqualTo(50);
  }

  @Test
  void whoIsAloneMayUseAllButWebEvents() throws IOException {
    store.maxCount("100");
    accept("usage", 120, 10);
    assertThat(outbox.count("usage")).isEqualTo(100);
    accept("check", 1, 10);
    assertThat(outbox.count("check")).isEqualTo(1);
    assertThat(outbox.count("usage")).isEqualTo(99);
    assertThat(outbox.fill("usage")).isEqualTo(1.0);
    assertThat(outbox.fill("check")).as("one of twelve").isEqualTo(1 / 12.0);
  }

  @Test
  void aViewShowsShareAndUse() throws IOException {
    accept("crash", 1, 1_000);
    QueueUse use = outbox.view("crash", SAME).use();
    assertThat(use.bytes()).isBetween(1_000L, 1_200L);
    long all = store.store().settings().budget().contentOf(StorePart.OUTBOX);
    assertThat(use.share()).isEqualTo(all / 4);
  }

  private Map<String, Long> lost(String channel) throws IOException {
    return outbox.memory(channel).lost();
  }

  private int made;

  private void accept(String channel, int count, int size) throws IOException {
    List<Message> messages =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Message(
                        channel + (channel.equals("web") ? made++ : i),
                        "n",
                        "t/t",
                        Bytes.utf8("x".repeat(size))))
            .toList();
    outbox.accept(channel, messages, SAME);
  }
}
