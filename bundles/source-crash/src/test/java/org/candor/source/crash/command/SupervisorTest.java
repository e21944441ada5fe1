package org.candor.source.crash.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.source.crash.Eventually;
import org.candor.source.crash.FakeIntake;
import org.candor.source.crash.Handover;
import org.candor.source.crash.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands and real deaths. */
@Tag("long")
@Timeout(60)
class SupervisorTest {

  private static final Duration FIRST = Duration.ofMillis(10);

  @TempDir Path base;

  private final FakeIntake intake = new FakeIntake();
  private final Handover handover = intake.handover();
  private final List<Supervisor> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    open.forEach(Supervisor::close);
    assertThat(mine()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("candor-"));
  }

  @Test
  void aDeathIsTakenWithAllThatIsKnown() throws Exception {
    supervise(settings("ulimit -S -c unlimited; kill -SEGV $$"));

    Crash crash = intake.await(1).get(0);

    assertThat(crash.component()).isEqualTo("dataplane");
    assertThat(crash.signal()).contains(new KernelSignal(11, "SIGSEGV"));
    assertThat(crash.exitCode()).contains(139);
    assertThat(crash.coreDumped()).contains(true);
    assertThat(crash.message()).isEqualTo("dataplane was killed by SIGSEGV");
    assertThat(crash.failures()).isEmpty();
    Eventually.is(() -> isEmpty(files().records()));
  }

  @Test
  void aKillFromOutsideIsACrashAndTheCommandRunsAgain() throws Exception {
    Supervisor supervisor = supervise(restarting("exec sleep 60"));
    for (String signal : List.of("KILL", "TERM", "ABRT")) {
      int before = intake.taken().size();
      kill(signal, commandOf(supervisor));
      Crash crash = intake.await(before + 1).get(before);
      assertThat(crash.signal().map(KernelSignal::name)).contains("SIG" + signal);
    }
    commandOf(supervisor);
    assertThat(intake.taken()).hasSize(3);
    assertThat(Set.copyOf(intake.taken().stream().map(Crash::id).toList())).hasSize(3);
  }

  @Test
  void fromDeathToTakenInATenthOfASecond() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i <= 15; i++) {
      Supervisor supervisor = supervise(settings("exec sleep 60"));
      ProcessHandle command = ProcessHandle.of(commandOf(supervisor)).orElseThrow();
      long start = System.nanoTime();
      command.destroyForcibly();
      intake.await(i);
      millis.add((intake.lastNanos() - start) / 1_000_000);
      supervisor.close();
    }
    List<Long> sorted = millis.stream().sorted().toList();
    System.err.println("from death to taken, in ms: " + millis + ", median " + sorted.get(7));
    assertThat(sorted.get(7)).isLessThan(500);
  }

  @Test
  void aStatusIsNoSignal() throws Exception {
    supervise(settings("exit 139"));
    Crash crash = intake.await(1).get(0);
    assertThat(crash.signal()).isEmpty();
    assertThat(crash.exitCode()).contains(139);
    assertThat(crash.message()).isEqualTo("dataplane ended with exit code 139");
  }

  @Test
  void outOfMemoryIsSeenByItsStatusAndItsOutput() throws Exception {
    Path source = base.resolve("Hog.java");
    Files.writeString(
        source,
        """
        public class Hog {
          public static void main(String[] args) {
            try {
              eat(new java.util.ArrayList<>());
            } catch (OutOfMemoryError e) {
              throw new IllegalStateException("no more", e);
            }
          }
          static void eat(java.util.List<Object> all) {
            while (true) { all.add(new byte[1 << 20]); }
          }
        }
        """);
    Path java = Path.of(System.getProperty("java.home"), "bin");
    assertThat(run(java.resolve("javac").toString(), source.toString())).isZero();
    Path output = base.resolve("log/output.log");
    CommandSettings hog =
        new CommandSettings(
            "hog",
            List.of(java.resolve("java").toString(), "-Xmx8m", "-XX:+UseSerialGC", "Hog"),
            Restart.NEVER,
            FIRST,
            Optional.of(output),
            base);

    supervise(hog);

    Crash crash = intake.await(1).get(0);
    assertThat(crash.exitCode()).contains(1);
    assertThat(crash.message()).isEqualTo("java.lang.IllegalStateException: no more");
    assertThat(crash.failures())
        .extracting(Failure::type)
        .containsExactly("java.lang.IllegalStateException", "java.lang.OutOfMemoryError");
    assertThat(crash.failures().get(0).frames())
        .containsExactly(new Frame("Hog", "main", "Hog.java", Optional.of(6)));

    List<String> abrupt = new ArrayList<>(hog.words());
    abrupt.add(1, "-XX:+ExitOnOutOfMemoryError");
    open.get(0)
        .configure(
            new CommandSettings("hog", abrupt, Restart.NEVER, FIRST, Optional.of(output), base));
    open.get(0).close();
    supervise(new CommandSettings("hog", abrupt, Restart.NEVER, FIRST, Optional.of(output), base));
    Crash second = intake.await(2).get(1);
    assertThat(second.exitCode()).contains(3);
    assertThat(second.failures()).isEmpty();
    assertThat(second.message()).contains("OutOfMemoryError");
  }

  @Test
  void theLastLineOfThisRunsOutputIsTheMessage() throws Exception {
    Path output = base.resolve("output.log");
    Files.writeString(output, "java.lang.Old: story\n\tat a.B.c(B.java:1)\n");
    supervise(
        new CommandSettings(
            "dataplane",
            List.of("sh", "-c", "echo going down; echo; exit 3"),
            Restart.NEVER,
            FIRST,
            Optional.of(output),
            base));
    Crash crash = intake.await(1).get(0);
    assertThat(crash.message()).isEqualTo("going down");
    assertThat(crash.failures()).isEmpty();
    assertThat(output).content().startsWith("java.lang.Old").endsWith("going down\n\n");
  }

  @Test
  void restartsAsConfigured() throws Exception {
    Path count = base.resolve("count");
    String script = "echo x >> " + count + "; [ $(wc -l < " + count + ") -gt 2 ] || exit 1";
    supervise(restarting(script));
    intake.await(2);
    Eventually.is(() -> lines(count) == 3);
    Eventually.is(() -> open.get(0).running().isEmpty());

    Path always = base.resolve("always");
    supervise(
        new CommandSettings(
            "always",
            List.of("sh", "-c", "echo x >> " + always),
            Restart.ALWAYS,
            FIRST,
            Optional.empty(),
            base));
    Eventually.is(() -> lines(always) >= 3);
    assertThat(intake.taken()).hasSize(2);
    assertThat(lines(count)).isEqualTo(3);
  }

  @Test
  void aStopIsNoCrashAndTakesItsTimeOnly() throws Exception {
    Supervisor polite = supervise(restarting("exec sleep 60"));
    commandOf(polite);
    assertThat(closing(polite)).isLessThan(Duration.ofMillis(900));

    Supervisor deaf = supervise(restarting("trap '' TERM; while :; do sleep 0.05; done"));
    long command = commandOf(deaf);
    Eventually.is(() -> ProcessHandle.of(command).orElseThrow().children().findAny().isPresent());
    assertThat(closing(deaf)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
    assertThat(lives(command)).isFalse();

    Supervisor early = supervise(restarting("exec sleep 60"));
    assertThat(closing(early)).isLessThan(Duration.ofSeconds(2));

    assertThat(mine()).isEmpty();
    assertThat(intake.taken()).isEmpty();
    assertThat(isEmpty(files().records())).isTrue();
  }

  @Test
  void aNewCommandReplacesTheOld() throws Exception {
    Supervisor supervisor = supervise(restarting("exec sleep 60"));
    long old = commandOf(supervisor);

    supervisor.configure(restarting("exec sleep 61"));

    Eventually.is(() -> !lives(old));
    Eventually.is(() -> commandOf(supervisor) != old);
    assertThat(mine()).hasSize(2);
    assertThat(intake.taken()).isEmpty();

    supervisor.configure(settings("exit 3"));
    intake.await(1);
    supervisor.configure(settings("exit 4"));
    assertThat(intake.await(2).get(1).exitCode()).contains(4);
  }

  @Test
  void anOrphanIsAdoptedAndItsDeathIsTold() throws Exception {
    Supervisor first = supervise(restarting("exec sleep 60"));
    long command = commandOf(first);
    abandon(first);
    assertThat(lives(command)).isTrue();

    Supervisor second = supervise(restarting("exec sleep 60"));
    Eventually.is(() -> second.running().isPresent());
    assertThat(commandOf(second)).isEqualTo(command);
    assertThat(mine()).hasSize(2);

    kill("SEGV", command);

    assertThat(intake.await(1).get(0).signal()).contains(new KernelSignal(11, "SIGSEGV"));
    Eventually.is(() -> commandOf(second) != command);
  }

  @Test
  void anOrphanOfAnotherCommandIsReplaced() throws Exception {
    Supervisor first = supervise(restarting("exec sleep 60"));
    long command = commandOf(first);
    abandon(first);

    Supervisor second = supervise(restarting("exec sleep 61"));

    Eventually.is(() -> !lives(command));
    Eventually.is(() -> commandOf(second) != command);
    assertThat(mine()).hasSize(2);
    assertThat(intake.taken()).isEmpty();
  }

  @Test
  void aDeathWhileNobodyLookedIsToldOnce() throws Exception {
    Path output = base.resolve("output.log");
    CommandSettings settings =
        new CommandSettings(
            "dataplane",
            List.of("sh", "-c", "echo last words; exec sleep 60"),
            Restart.NEVER,
            FIRST,
            Optional.of(output),
            base);
    Supervisor first = supervise(settings);
    long command = commandOf(first);
    Eventually.is(() -> lines(output) == 1);
    abandon(first);
    kill("ABRT", command);
    Eventually.is(() -> !isEmpty(files().records()));

    supervise(settings);

    Crash crash = intake.await(1).get(0);
    assertThat(crash.signal()).contains(new KernelSignal(6, "SIGABRT"));
    assertThat(crash.message()).isEqualTo("last words");
    Eventually.is(() -> isEmpty(files().records()));
    assertThat(intake.taken()).hasSize(1);
  }

  @Test
  void whatCannotBeKeptIsOfferedAgainWithWhatWasKnown() throws Exception {
    Path output = base.resolve("output.log");
    intake.fail(true);
    CommandSettings settings =
        new CommandSettings(
            "dataplane",
            List.of("sh", "-c", "echo run $$; exit 3"),
            Restart.ON_FAILURE,
            FIRST,
            Optional.of(output),
            base);
    Supervisor first = supervise(settings);
    Eventually.is(() -> lines(output) >= 3);
    assertThat(intake.taken()).isEmpty();

    intake.fail(false);

    List<Crash> crashes = intake.await(3);
    assertThat(crashes.stream().map(Crash::message).distinct()).hasSameSizeAs(crashes);
    first.close();
    int before = intake.taken().size();
    assertThat(Set.copyOf(intake.taken().stream().map(Crash::id).toList())).hasSize(before);
  }

  @Test
  void whatWasNotTakenIsTakenOnceByTheNext() throws Exception {
    intake.fail(true);
    Supervisor first = supervise(settings("exit 3"));
    Eventually.is(() -> intake.offers() >= 1);
    abandon(first);
    intake.fail(false);

    Supervisor second =
        supervise(
            new CommandSettings(
                "dataplane", List.of("sleep", "60"), Restart.NEVER, FIRST, Optional.empty(), base));

    assertThat(intake.await(1).get(0).exitCode()).contains(3);
    Eventually.is(() -> isEmpty(files().records()));
    commandOf(second);
    assertThat(intake.taken()).hasSize(1);
  }

  @Test
  void aWatcherThatIsKilledDoesNotMakeTwoOfTheCommand() throws Exception {
    Supervisor supervisor = supervise(restarting("exec sleep 60"));
    long command = commandOf(supervisor);
    long watcher = files().pids().orElseThrow().watcher();

    kill("KILL", watcher);

    Eventually.is(() -> !lives(watcher));
    assertThat(lives(command)).isTrue();
    kill("KILL", command);
    Crash crash = intake.await(1).get(0);
    assertThat(crash.message()).isEqualTo("dataplane crashed");
    assertThat(crash.signal()).isEmpty();
    Eventually.is(() -> commandOf(supervisor) != command);
    assertThat(mine()).hasSize(2);
  }

  @Test
  void withoutRoomForTheRecordTheStatusIsTold() throws Exception {
    // A file where the folder should be: the watcher cannot write, nor make the folder.
    Supervisor supervisor = supervise(restarting("exec sleep 60"));
    long command = commandOf(supervisor);
    Files.delete(files().records());
    Files.writeString(files().records(), "");

    kill("SEGV", command);

    Crash crash = intake.await(1).get(0);
    assertThat(crash.exitCode()).contains(139);
    assertThat(crash.message()).isEqualTo("dataplane ended with exit code 139");
    Files.delete(files().records());
    commandOf(supervisor);
  }

  @Test
  void whatCannotBeStartedIsTriedAgain() throws Exception {
    Path late = base.resolve("late");
    supervise(
        new CommandSettings(
            "dataplane",
            List.of("sh", "-c", "echo x > here; sleep 60"),
            Restart.NEVER,
            FIRST,
            Optional.empty(),
            late));
    Files.createDirectory(late);
    Eventually.is(() -> Files.exists(late.resolve("here")));
    assertThat(intake.taken()).isEmpty();
  }

  private Supervisor supervise(CommandSettings settings) {
    Supervisor supervisor =
        new Supervisor("one", settings, new Home(base), handover, Clock.systemUTC()).start();
    open.add(supervisor);
    return supervisor;
  }

  private CommandSettings settings(String script) {
    return settings(script, Restart.NEVER);
  }

  private CommandSettings restarting(String script) {
    return settings(script, Restart.ON_FAILURE);
  }

  private CommandSettings settings(String script, Restart restart) {
    return new CommandSettings(
        "dataplane", List.of("sh", "-c", script), restart, FIRST, Optional.empty(), base);
  }

  private RunFiles files() {
    return new RunFiles(new Home(base).own(), "one");
  }

  /** The command's process id, once it is the command. */
  private long commandOf(Supervisor supervisor) {
    long[] found = {0};
    Eventually.is(
        () -> {
          Optional<Run> run = supervisor.running().filter(Run::isAlive);
          Optional<RunFiles.Pids> pids = run.isPresent() ? files().pids() : Optional.empty();
          found[0] = pids.map(RunFiles.Pids::command).orElse(0L);
          return pids.isPresent()
              && lives(found[0])
              && !commandLine(found[0]).contains("candor-watch");
        });
    return found[0];
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).filter(Life::in).isPresent();
  }

  /** As if its process were killed: nobody closes it any more. */
  private void abandon(Supervisor supervisor) {
    supervisor.abandon();
    open.remove(supervisor);
  }

  private static Duration closing(Supervisor supervisor) {
    long start = System.nanoTime();
    supervisor.close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The processes that this test started and that live. */
  private List<ProcessHandle> mine() throws IOException {
    return ProcessHandle.current().descendants().filter(Life::in).toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static long lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  private static void kill(String signal, long pid) throws Exception {
    assertThat(run("sh", "-c", "kill -" + signal + " " + pid)).isZero();
  }

  private static int run(String... line) throws Exception {
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }
}
