package org.candor.benchmarks.events;

import java.util.Arrays;

/** How long things took. */
final class Percentiles {

  private final long[] nanos;

  Percentiles(long[] nanos) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  @Override
  public String toString() {
    return "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, at most %.1f ms"
        .formatted(at(0.5), at(0.9), at(0.99), at(0.999), at(1));
  }

  /** Milliseconds that this part of all took at most. */
  double at(double part) {
    return nanos.length == 0
        ? Double.NaN
        : nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * part))] / 1e6;
  }
}
