package org.candor.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Regression gate: runs JMH and ends with a status that is not 0 when a benchmark fails, when none
 * was run, or when one is beyond its bound. JMH itself ends with 0 whatever happens.
 */
public final class Benchmarks {

  private static final List<Bound> BOUNDS =
      List.of(
          Bound.of(
              "DiagnosticsReportBenchmark.candorCounts",
              1.5,
              "DiagnosticsReportBenchmark.gsonSkips"),
          Bound.of("DnsQuestionBenchmark.candorAsks", 1.5, "DnsQuestionBenchmark.dnsjavaLooksUp"),
          Bound.of("QueryNameBenchmark.encode", 2000),
          Bound.of("QueryNameBenchmark.encodeAndCut", 2000),
          Bound.of(
              "SentryEventBenchmark.candorWritesACrash",
              1.2,
              "SentryEventBenchmark.sentryWritesACrash"),
          Bound.of(
              "SentryEventBenchmark.candorWritesADailyReport",
              1.2,
              "SentryEventBenchmark.sentryWritesADailyReport"));

  private Benchmarks() {}

  /**
   * Runs.
   *
   * @param args as JMH takes them
   */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    Map<String, Double> medians =
        medians(
            new Runner(
                    new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .shouldFailOnError(true)
                        .build())
                .run());
    boolean kept = !medians.isEmpty();
    for (Bound bound : BOUNDS) {
      if (bound.isMeasured(medians)) {
        Bound.Judgement judgement = bound.judge(medians);
        System.out.println((judgement.kept() ? "kept:   " : "MISSED: ") + judgement.text());
        kept &= judgement.kept();
      }
    }
    System.exit(kept ? 0 : 1);
  }

  // The median, since a busy machine makes some iterations slow and none fast.
  private static Map<String, Double> medians(Collection<RunResult> results) {
    Map<String, Double> medians = new HashMap<>();
    for (RunResult result : results) {
      String[] name = result.getParams().getBenchmark().split("\\.");
      medians.put(
          name[name.length - 2] + "." + name[name.length - 1],
          result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    return medians;
  }
}
