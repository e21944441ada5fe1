package org.candor.benchmarks.events;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Sends page views through Segment's own analytics-java, as fast as it takes them. */
final class AnalyticsDriver {

  /**
   * Page views that are under way at a time, so that its queue, which has no end, fits in memory.
   */
  private static final int UNDER_WAY = 20_000;

  private AnalyticsDriver() {}

  /**
   * Begins.
   *
   * @param args the receiver's URL and for how many seconds
   */
  public static void main(String[] args) throws InterruptedException {
    URI receiver = URI.create(args[0]);
    long seconds = Long.parseLong(args[1]);
    Semaphore free = new Semaphore(UNDER_WAY);
    Analytics analytics =
        Analytics.builder("key")
            .endpoint(receiver.toString())
            .callback(
                new Callback() {
                  @Override
                  public void success(Message message) {
                    free.release();
                  }

                  @Override
                  public void failure(Message message, Throwable why) {
                    free.release();
                  }
                })
            .build();
    Count count = new Count(receiver);
    long before = send(analytics, free, EventsBenchmark.WARMING * seconds);
    analytics.flush();
    count.await(before);
    Cost cost = Cost.now(ProcessHandle.current());
    long begin = System.nanoTime();
    long sent = send(analytics, free, seconds);
    analytics.flush();
    long arrived = count.await(before + sent) - before;
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "analytics-java: %d sent, %d delivered, %.0f a second; %s%n",
        sent, arrived, arrived / took, cost.of(arrived));
    analytics.shutdown();
    System.exit(0);
  }

  private static long send(Analytics analytics, Semaphore free, long seconds)
      throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long sent = 0;
    while (System.nanoTime() < end) {
      free.acquire();
      analytics.enqueue(
          PageMessage.builder("page")
              .userId("user" + sent % 1000)
              .properties(
                  Map.of(
                      "appVersion", "4.5.6",
                      "version", "2.0.0",
                      "clusterId", "70b28f00-e38f-41a8-8a6f-d3e1d3e1d3e1",
                      "product", "shop",
                      "path", "/services/detail/[id]",
                      "url", "",
                      "title", "",
                      "referrer", "")));
      sent++;
    }
    return sent;
  }
}
