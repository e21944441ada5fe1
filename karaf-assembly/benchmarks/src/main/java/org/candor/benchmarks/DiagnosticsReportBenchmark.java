package org.candor.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.candor.source.dcos.diagnostics.DiagnosticsReader;
import org.candor.source.dcos.diagnostics.DiagnosticsReport;
import org.candor.source.dcos.diagnostics.ReportGenerator;
import org.candor.source.dcos.json.JsonScanner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The report of 225 nodes, 11 MB: counted by Candor, skipped by Gson, and as Gson's tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DiagnosticsReportBenchmark {

  private static final int NODES = 225;

  private byte[] report;

  @Setup
  public void generate() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ReportGenerator(NODES, ReportGenerator.UNITS).writeTo(out);
    report = out.toByteArray();
    System.out.println("Report of " + report.length + " bytes");
  }

  @Benchmark
  public DiagnosticsReport candorCounts() throws IOException {
    JsonScanner json = new JsonScanner(stream());
    DiagnosticsReport counts = DiagnosticsReader.read(json);
    json.end();
    return counts;
  }

  @Benchmark
  public void gsonSkips() throws IOException {
    try (JsonReader json = reader()) {
      json.skipValue();
    }
  }

  @Benchmark
  public JsonElement gsonBuildsItsTree() throws IOException {
    try (JsonReader json = reader()) {
      return JsonParser.parseReader(json);
    }
  }

  private InputStream stream() {
    return new ByteArrayInputStream(report);
  }

  private JsonReader reader() {
    return new JsonReader(new InputStreamReader(stream(), StandardCharsets.UTF_8));
  }
}
