package org.candor.benchmarks.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a receiver tells.
 *
 * @param receiver its address
 */
record Count(URI receiver) {

  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final long MOST_NANOS = 60_000_000_000L;

  /** How many events came, each counted once. */
  long events() {
    return Long.parseLong(ask("/count"));
  }

  /** How often an event came that had come before. */
  long repeated() {
    return Long.parseLong(ask("/repeated"));
  }

  /** What stands for the ids of all that came, see {@link Ids}. */
  List<Long> ids() {
    return ask("/ids").lines().map(id -> Long.parseUnsignedLong(id, 16)).toList();
  }

  private String ask(String path) {
    try (InputStream in = receiver.resolve(path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until so many came, or none has come for ten seconds; returns how many. */
  long await(long wanted) throws InterruptedException {
    long events = events();
    long since = System.nanoTime();
    while (events < wanted && System.nanoTime() - since < QUIET_NANOS) {
      Thread.sleep(10);
      long now = events();
      since = now > events ? System.nanoTime() : since;
      events = now;
    }
    return events;
  }

  /** Waits until more came than that, for a minute at most, and then none for ten seconds. */
  void awaitMore(long than) throws InterruptedException {
    long begin = System.nanoTime();
    while (events() <= than && System.nanoTime() - begin < MOST_NANOS) {
      Thread.sleep(100);
    }
    await(Long.MAX_VALUE);
  }
}
