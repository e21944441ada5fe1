package org.candor.benchmarks.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Page views a second that arrive at the same receiver, through Segment's analytics-java and
 * through the distribution's {@code POST /v1/events}; how soon these are acknowledged; and what is
 * lost when the sender is killed in the middle.
 */
public final class EventsBenchmark {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** By turns, since a machine is never the same for long. */
  private static final int ROUNDS = 2;

  /** How much faster than analytics-java is wanted. */
  private static final double WANTED = 3;

  /** How often as long senders are warmed up as they are measured. */
  static final int WARMING = 2;

  /** How many milliseconds an acknowledgement may take, at the 99th percentile. */
  private static final double SOON = 20;

  /** What a flush may take meanwhile; no acknowledgement is faster than the disk. */
  private static final double CALM = 5;

  private static final Pattern RATE = Pattern.compile("(\\d+) a second");
  private static final int KILLED_AFTER_SECONDS = 6;
  private static final int KILLED_AT_RATE = 20_000;

  private final Path assembly;
  private final Path home;
  private final int seconds;
  private final List<String> missed = new ArrayList<>();

  private EventsBenchmark(Path assembly, Path home, int seconds) {
    this.assembly = assembly;
    this.home = home;
    this.seconds = seconds;
  }

  /**
   * Begins.
   *
   * @param args the distribution; for how many seconds each part is measured, after twice as many
   *     of warming up; and, if wanted, the folder for Candor's files, whose disk counts
   */
  public static void main(String[] args) throws Exception {
    Path parent = Path.of(args.length > 2 ? args[2] : "target");
    EventsBenchmark benchmark =
        new EventsBenchmark(
            Path.of(args[0]),
            Files.createTempDirectory(Files.createDirectories(parent), "events-"),
            Integer.parseInt(args[1]));
    for (int round = 1; round <= ROUNDS; round++) {
      double rate = benchmark.analytics();
      benchmark.candor("round-" + round, rate);
    }
    benchmark.killedAnalytics();
    benchmark.killedCandor();
    benchmark.missed.forEach(bound -> System.out.println("MISSED: " + bound));
    System.exit(benchmark.missed.isEmpty() ? 0 : 1);
  }

  private double analytics() throws IOException, InterruptedException {
    Process receiver = java(Receiver.class);
    try {
      Process process = java(AnalyticsDriver.class, url(receiver).toString(), "" + seconds);
      String said;
      try (BufferedReader lines = process.inputReader()) {
        said = lines.lines().collect(Collectors.joining("\n"));
      }
      process.waitFor();
      System.out.println(said);
      Matcher rate = RATE.matcher(said);
      if (!rate.find()) {
        throw new IOException("analytics-java has no rate");
      }
      return Double.parseDouble(rate.group(1));
    } finally {
      receiver.destroy();
    }
  }

  private void candor(String name, double analytics)
      throws IOException, InterruptedException, ExecutionException {
    Process receiver = java(Receiver.class);
    Count count = new Count(url(receiver));
    KarafProcess karaf = new KarafProcess(assembly, home.resolve(name), count.receiver());
    try (Clients clients = new Clients(karaf.port())) {
      karaf.start();
      count.await(clients.send(WARMING * seconds, 0).events());
      long before = count.events();
      Cost cost = Cost.now(karaf.handle());
      Cost ours = Cost.now(ProcessHandle.current());
      long begin = System.nanoTime();
      Clients.Acknowledged fast = clients.send(seconds, 0);
      long arrived = count.await(before + fast.events()) - before;
      double rate = arrived / ((System.nanoTime() - begin) / 1e9);
      System.out.printf(
          "candor: %d taken, %d delivered, %.0f a second, %.1f times analytics-java; %s (client:"
              + " %s); acknowledged within %s%n",
          fast.events(),
          arrived,
          rate,
          rate / analytics,
          cost.of(arrived),
          ours.of(arrived),
          fast.percentiles());
      bound(rate >= WANTED * analytics, "%.1f times analytics-java", rate / analytics);
      acknowledgedSoon(clients, count, WANTED * analytics / 2);
      acknowledged(clients, count, rate / 2, "half of its own");
      Disk disk = new Disk(home);
      TimeUnit.SECONDS.sleep(seconds);
      System.out.printf("the disk, nobody else: flushed within %s%n", disk.stop());
    } finally {
      karaf.kill();
      receiver.destroy();
    }
  }

  private void bound(boolean kept, String what, Object... numbers) {
    if (!kept) {
      missed.add(what.formatted(numbers));
    }
  }

  private void acknowledgedSoon(Clients clients, Count count, double rate)
      throws IOException, InterruptedException, ExecutionException {
    Waits waits = acknowledged(clients, count, rate, "half of what is wanted");
    if (waits.flushes().at(0.99) > CALM) {
      System.out.println("The disk was too slow to judge how soon events are acknowledged.");
      return;
    }
    double took = waits.acknowledgements().at(0.99);
    bound(took <= SOON, "acknowledged within %.1f ms", took);
  }

  private record Waits(Percentiles acknowledgements, Percentiles flushes) {}

  private Waits acknowledged(Clients clients, Count count, double rate, String which)
      throws IOException, InterruptedException, ExecutionException {
    long before = count.events();
    Disk disk = new Disk(home);
    Clients.Acknowledged half = clients.send(seconds, rate);
    Percentiles flushes = disk.stop();
    long arrived = count.await(before + half.events()) - before;
    System.out.printf(
        "candor, %s: %d taken, %d delivered, %.0f a second; acknowledged within %s; meanwhile the"
            + " disk flushed a few bytes within %s%n",
        which, half.events(), arrived, rate, half.percentiles(), flushes);
    return new Waits(half.percentiles(), flushes);
  }

  private void killedAnalytics() throws IOException, InterruptedException {
    Process receiver = java(Receiver.class);
    try {
      Path notes = home.resolve("taken");
      Count count = new Count(url(receiver));
      Process process =
          java(
              KilledAnalytics.class,
              count.receiver().toString(),
              "" + KILLED_AT_RATE,
              notes.toString());
      TimeUnit.SECONDS.sleep(KILLED_AFTER_SECONDS);
      process.destroyForcibly().waitFor();
      Set<Long> taken = new HashSet<>();
      Files.readAllLines(notes).forEach(id -> taken.add(hash(id)));
      lost("analytics-java", taken, count);
    } finally {
      receiver.destroy();
    }
  }

  private void killedCandor() throws IOException, InterruptedException, ExecutionException {
    Process receiver = java(Receiver.class);
    Count count = new Count(url(receiver));
    KarafProcess karaf = new KarafProcess(assembly, home.resolve("killed"), count.receiver());
    try (Clients clients = new Clients(karaf.port())) {
      karaf.start();
      clients.send(1, 0);
      CompletableFuture<Clients.Acknowledged> sending =
          CompletableFuture.supplyAsync(() -> untilKilled(clients));
      TimeUnit.SECONDS.sleep(KILLED_AFTER_SECONDS);
      karaf.kill();
      Set<Long> taken = new HashSet<>();
      Clients.ids(sending.get()).forEach(view -> taken.add(hash(KarafProcess.messageId(view))));
      long before = count.events();
      karaf.start();
      count.awaitMore(before);
      int lost = lost("candor", taken, count);
      bound(lost == 0 && !taken.isEmpty(), "%d of %d lost", lost, taken.size());
    } finally {
      karaf.kill();
      receiver.destroy();
    }
  }

  private static Clients.Acknowledged untilKilled(Clients clients) {
    try {
      return clients.send(10L * KILLED_AFTER_SECONDS, KILLED_AT_RATE);
    } catch (IOException | InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int lost(String sender, Set<Long> taken, Count count) {
    Set<Long> lost = new HashSet<>(taken);
    count.ids().forEach(lost::remove);
    System.out.printf(
        "%s, killed: %d acknowledged, %d of them lost; %d came again under the same id%n",
        sender, taken.size(), lost.size(), count.repeated());
    return lost.size();
  }

  private static long hash(String id) {
    return Ids.of(id.getBytes(StandardCharsets.US_ASCII), 0);
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
