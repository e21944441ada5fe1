package org.candor.benchmarks;

import java.util.Map;
import java.util.Optional;

/**
 * Performance budget: what a benchmark's median may be, in its own unit or as a multiple of another
 * benchmark's of the same run.
 *
 * @param benchmark class and method, such as {@code QueryNameBenchmark.encode}
 * @param most the number not to exceed
 * @param beside the benchmark that it is a multiple of; empty for none
 */
record Bound(String benchmark, double most, Optional<String> beside) {

  static Bound of(String benchmark, double most) {
    return new Bound(benchmark, most, Optional.empty());
  }

  static Bound of(String benchmark, double most, String beside) {
    return new Bound(benchmark, most, Optional.of(beside));
  }

  /** Whether the run has what it takes to judge this. */
  boolean isMeasured(Map<String, Double> medians) {
    return medians.containsKey(benchmark) && beside.map(medians::containsKey).orElse(true);
  }

  /** How this run compares with the bound. */
  Judgement judge(Map<String, Double> medians) {
    double found = medians.get(benchmark) / beside.map(medians::get).orElse(1.0);
    String unit = beside.map(other -> " times " + other).orElse("");
    return new Judgement(
        found <= most,
        String.format("%s: %.2f%s, the bound is %.2f", benchmark, found, unit, most));
  }

  /**
   * What came of it.
   *
   * @param kept whether the bound is kept
   * @param text for people
   */
  record Judgement(boolean kept, String text) {}
}
