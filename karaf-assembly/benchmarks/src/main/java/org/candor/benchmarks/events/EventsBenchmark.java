package org.candor.benchmarks.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Page views a second that arrive, through Segment's analytics-java and through Candor, at the same
 * receiver; how soon Candor acknowledges at half of its own; and what is lost when the sender is
 * killed in the middle.
 */
public final class EventsBenchmark {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** By turns, since a machine is never the same for long. */
  private static final int ROUNDS = 2;

  private static final long KILLED_AFTER_SECONDS = 6;

  private final Path home;

  private EventsBenchmark(Path home) {
    this.home = home;
  }

  /**
   * Begins.
   *
   * @param args for how many seconds each part is measured, after as many of warming up; and, if
   *     wanted, the folder for Candor's files, whose disk counts
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    String seconds = args.length > 0 ? args[0] : "20";
    Path parent = args.length > 1 ? Path.of(args[1]) : Path.of("target");
    EventsBenchmark benchmark =
        new EventsBenchmark(Files.createTempDirectory(Files.createDirectories(parent), "events-"));
    for (int round = 0; round < ROUNDS; round++) {
      benchmark.howFast(AnalyticsDriver.class, seconds);
      benchmark.howFast(CandorDriver.class, seconds);
    }
    benchmark.killed("analytics");
    benchmark.killed("candor");
  }

  private void howFast(Class<?> driver, String seconds) throws IOException, InterruptedException {
    Process receiver = java(Receiver.class, "count");
    try {
      Process process =
          java(driver, url(receiver).toString(), seconds, home.resolve("fast").toString());
      try (BufferedReader lines = process.inputReader()) {
        lines.lines().forEach(System.out::println);
      }
      process.waitFor();
    } finally {
      receiver.destroy();
    }
  }

  private void killed(String sender) throws IOException, InterruptedException {
    Process receiver = java(Receiver.class, "products");
    try {
      URI url = url(receiver);
      Path notes = home.resolve(sender + ".acknowledged");
      String folder = home.resolve("killed").toString();
      Process process = java(Killed.class, sender, url.toString(), folder, notes.toString());
      if (process.waitFor(KILLED_AFTER_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(sender + " ended by itself: " + process.exitValue());
      }
      process.destroyForcibly().waitFor();
      if (sender.equals("candor")) {
        Process rest = java(Killed.class, "rest", url.toString(), folder);
        try (BufferedReader lines = rest.inputReader()) {
          lines.lines().forEach(System.out::println);
        }
      }
      Set<String> lost = new HashSet<>(Files.readAllLines(notes));
      int acknowledged = lost.size();
      lost.removeAll(Arrays.asList(new Count(url).ask("/products").split("\n")));
      System.out.printf(
          "%s, killed: %d acknowledged, %d of them lost%n", sender, acknowledged, lost.size());
    } finally {
      receiver.destroy();
    }
  }

  private static URI url(Process receiver) throws IOException {
    // The process writes nothing more, and ends with its standard input.
    byte[] line = new byte[16];
    int length = 0;
    for (int next = receiver.getInputStream().read();
        next > ' ';
        next = receiver.getInputStream().read()) {
      line[length++] = (byte) next;
    }
    return URI.create("http://127.0.0.1:" + new String(line, 0, length, StandardCharsets.UTF_8));
  }

  private static Process java(Class<?> main, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-Xmx512m",
                // Without it the JDK's server answers after 40 ms, whoever asks.
                "-Dsun.net.httpserver.nodelay=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
