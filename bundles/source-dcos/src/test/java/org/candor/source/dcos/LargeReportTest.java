package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.source.dcos.diagnostics.ReportGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand nodes, counted by a virtual machine that has 32 MB of heap for all that it does. */
class LargeReportTest {

  private static final int NODES = 10_000;

  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void aReportOfHalfAGigabyteNeedsLittleMemory() throws Exception {
    ReportGenerator generator = new ReportGenerator(NODES, ReportGenerator.UNITS);
    AtomicLong sent = new AtomicLong();
    try (LoopbackServer server =
        new LoopbackServer(
            (request, out) -> {
              LoopbackServer.head(out, "200 OK", "X: y");
              generator.writeTo(new Counting(out, sent));
            })) {
      assertThat(countedElsewhere(server.url())).isEqualTo(expected(generator));
    }
    assertThat(sent).hasValueGreaterThan(500_000_000L);
  }

  private List<String> countedElsewhere(String url) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private static List<String> expected(ReportGenerator generator) {
    List<String> lines = new ArrayList<>();
    for (int unit = 0; unit < ReportGenerator.UNITS; unit++) {
      String name = generator.unit(unit);
      lines.add("unit.total " + name + " Count[count=" + NODES + "]");
      lines.add("unit.unhealthy " + name + " Count[count=" + generator.unhealthy(unit) + "]");
    }
    lines.add("nodes.total  Count[count=" + NODES + "]");
    lines.add("nodes.unknown  Count[count=" + generator.unknown() + "]");
    return lines;
  }

  /** Runs in the other virtual machine. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      DiagnosticsSource source =
          new DiagnosticsSource(new DcosClient(new JdkTransport()), arguments[0]);
      Deadline deadline = Deadline.after(Duration.ofSeconds(45), Clock.systemUTC());
      for (Fact fact : source.observe(deadline).facts()) {
        System.out.println(fact.name() + " " + fact.subject() + " " + fact.value());
      }
    }
  }

  private static final class Counting extends FilterOutputStream {
    private final AtomicLong count;

    Counting(OutputStream out, AtomicLong count) {
      super(out);
      this.count = count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count.addAndGet(length);
    }
  }
}
