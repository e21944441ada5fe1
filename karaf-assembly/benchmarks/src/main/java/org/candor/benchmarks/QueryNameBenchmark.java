package org.candor.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.candor.format.dns.QueryName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The name of a version check: made from facts, made with everything cut, and read back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// One fork in some is compiled badly from its first second on, and must not decide.
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueryNameBenchmark {

  private String cluster = "00112233445566778899aabbccddeeff";
  private String node = "ffeeddccbbaa99887766554433221100";
  private String version = "2.4.0";
  private String kubernetes = "v1.29.4-eks-036c24b";
  private String distro = "eks";
  private String longest = "x".repeat(200);
  private String name =
      new QueryName(cluster, node, version, kubernetes, distro).encode() + ".upgrade.example.com.";

  @Benchmark
  public String encode() {
    return new QueryName(cluster, node, version, kubernetes, distro).encode();
  }

  @Benchmark
  public String encodeAndCut() {
    return new QueryName(cluster, node, longest, longest, longest).encode();
  }

  @Benchmark
  public Optional<QueryName> decode() {
    return QueryName.decode(name);
  }
}
