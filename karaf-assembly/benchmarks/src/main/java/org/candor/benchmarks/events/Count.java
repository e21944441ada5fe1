package org.candor.benchmarks.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What a receiver tells.
 *
 * @param receiver its address
 */
record Count(URI receiver) {

  /** How many events came. */
  long events() {
    return Long.parseLong(ask("/count"));
  }

  String ask(String path) {
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
    while (events < wanted && System.nanoTime() - since < 10_000_000_000L) {
      Thread.sleep(10);
      long now = events();
      since = now > events ? System.nanoTime() : since;
      events = now;
    }
    return events;
  }
}
