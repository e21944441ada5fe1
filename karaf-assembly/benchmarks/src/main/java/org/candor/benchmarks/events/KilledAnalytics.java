package org.candor.benchmarks.events;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.PageMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Hands page views to analytics-java until it is killed, and notes which of them it has taken. */
final class KilledAnalytics {

  private KilledAnalytics() {}

  /**
   * Begins.
   *
   * @param args the receiver's URL, page views a second, and a file for the ids of those taken
   */
  public static void main(String[] args) throws IOException {
    Analytics analytics = Analytics.builder("key").endpoint(args[0]).build();
    double gap = Views.COUNT * 1e9 / Double.parseDouble(args[1]);
    long begin = System.nanoTime();
    try (OutputStream out = Files.newOutputStream(Path.of(args[2]))) {
      for (long turn = 0; true; turn++) {
        while (System.nanoTime() < begin + (long) (gap * turn)) {
          LockSupport.parkNanos(begin + (long) (gap * turn) - System.nanoTime());
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < Views.COUNT; i++) {
          ids.add(UUID.randomUUID().toString());
        }
        ids.forEach(id -> analytics.enqueue(page(id)));
        out.write((String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static PageMessage.Builder page(String id) {
    return PageMessage.builder("page").userId("user").messageId(id);
  }
}
