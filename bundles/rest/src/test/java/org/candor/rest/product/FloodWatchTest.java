package org.candor.rest.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.Test;

class FloodWatchTest {

  @Test
  void aFloodIsALineWhenItBeginsAndOneWithTheCountWhenItIsOver() {
    Product shop = new Product("shop", "shop-key-1", Set.of(), new WordPaths(), 600, 7);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (FloodWatch floods = new FloodWatch(Duration.ofMillis(200), System::nanoTime)) {
      for (int i = 0; i < 500; i++) {
        floods.refused(shop);
      }
      Eventually.is(() -> log.toString(StandardCharsets.UTF_8).contains("again"));
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            begin -> assertThat(begin).contains("WARN", "product shop send more than 7 events"),
            end -> assertThat(end).contains("INFO", "; 500 requests were refused"));
  }
}
