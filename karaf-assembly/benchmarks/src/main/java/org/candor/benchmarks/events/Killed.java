package org.candor.benchmarks.events;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.PageMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.candor.api.ui.UiAction;
import org.candor.api.ui.UiEvent;
import org.candor.core.channel.WiredCore;

/**
 * Sends page views until it is killed, and notes which of them were acknowledged. Each has a
 * product of its own, which the receiver tells.
 */
final class Killed {

  private static final int AT_A_TIME = 100;
  private static final long PAUSE_MILLIS = 5;

  private Killed() {}

  /** Takes some page views; when it returns they are acknowledged. */
  private interface Taker {
    void take(List<String> products) throws IOException;
  }

  /**
   * Begins.
   *
   * @param args {@code candor}, {@code analytics}, or {@code rest} to deliver what Candor has left;
   *     the receiver's URL, Candor's folder, and a file for what was acknowledged
   */
  public static void main(String[] args) throws Exception {
    URI receiver = URI.create(args[1]);
    if (args[0].equals("analytics")) {
      Analytics analytics = Analytics.builder("key").endpoint(args[1]).build();
      send(Path.of(args[3]), products -> products.forEach(p -> analytics.enqueue(page(p))));
    }
    WiredCore core = new WiredCore(Path.of(args[2]), receiver);
    if (args[0].equals("candor")) {
      send(Path.of(args[3]), products -> core.intake().take(events(products)));
    }
    core.channels().send(Optional.empty());
    while (core.channels().status().get(0).queued() > 0) {
      Thread.sleep(100);
      core.channels().send(Optional.empty());
    }
    System.out.println("journal " + core.journal().verify());
    core.close();
    System.exit(0);
  }

  private static void send(Path notes, Taker taker) throws IOException, InterruptedException {
    try (OutputStream out =
        Files.newOutputStream(notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        List<String> products = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
          products.add(UUID.randomUUID().toString());
        }
        taker.take(products);
        out.write((String.join("\n", products) + "\n").getBytes(StandardCharsets.UTF_8));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static PageMessage.Builder page(String product) {
    return PageMessage.builder("page").userId("user").properties(Map.of("product", product));
  }

  private static List<UiEvent> events(List<String> products) {
    return products.stream()
        .map(
            product ->
                new UiEvent(product, UiAction.PAGE, Instant.now(), product, "1", "user", "", "/a"))
        .toList();
  }
}
