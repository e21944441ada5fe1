package org.candor.source.crash.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.KernelSignal;
import org.candor.source.crash.Eventually;
import org.candor.source.crash.record.RecordFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script, under every shell that this machine has. */
@Tag("long")
@Timeout(120)
class CandorWatchTest {

  private static final List<List<String>> KNOWN =
      List.of(
          List.of("dash"), List.of("bash"), List.of("bash", "--posix"), List.of("busybox", "sh"));

  @TempDir Path folder;

  private Path records;
  private Path script;

  @BeforeEach
  void copyScript() throws IOException {
    records = Files.createDirectory(folder.resolve("records"));
    script = folder.resolve("candor-watch");
    try (var in = Supervisor.class.getResourceAsStream("candor-watch")) {
      Files.copy(in, script);
    }
  }

  static Stream<List<String>> shells() {
    List<List<String>> here = KNOWN.stream().filter(shell -> onPath(shell.get(0))).toList();
    return here.isEmpty() ? Stream.of(List.of("sh")) : here.stream();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** How a command ends, and what is to be told of it. */
  private record Death(String script, int status, int signal, String name, boolean core) {

    static Death signal(String before, int number, String name, boolean core) {
      return new Death(
          before + "kill -" + name.substring(3) + " $$", 128 + number, number, name, core);
    }

    static Death exit(int status) {
      return new Death("exit " + status, status, 0, "", false);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void tellsEveryDeathApart(List<String> shell) throws Exception {
    String dump = "ulimit -S -c unlimited; ";
    String none = "ulimit -S -c 0; ";
    for (Death death :
        List.of(
            Death.signal(dump, 11, "SIGSEGV", true),
            Death.signal(none, 11, "SIGSEGV", kernelPipesCores()),
            Death.signal(dump, 6, "SIGABRT", true),
            Death.signal(none, 6, "SIGABRT", kernelPipesCores()),
            Death.signal(dump, 9, "SIGKILL", false),
            Death.signal("", 15, "SIGTERM", false),
            Death.signal("", 13, "SIGPIPE", false),
            Death.signal("", 2, "SIGINT", false),
            Death.signal("", 10, "SIGUSR1", false),
            Death.exit(139),
            Death.exit(3),
            Death.exit(255))) {
      if (isIgnoredHere(death.signal())) {
        continue;
      }
      for (List<String> options : ways(death)) {
        Result result = run(shell, options, List.of("sh", "-c", death.script()));

        assertThat(result.status()).as("%s", death).isEqualTo(death.status());
        assertThat(result.err()).as("%s", death).isEmpty();
        Crash crash = onlyRecord();
        assertThat(crash.component()).isEqualTo("da\"ta\\plane\n2");
        assertThat(crash.level()).isEqualTo(CrashLevel.FATAL);
        assertThat(crash.at())
            .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(1));
        assertThat(crash.exitCode()).contains(death.status());
        assertThat(crash.signal())
            .as("%s", death)
            .isEqualTo(
                Optional.of(new KernelSignal(death.signal(), death.name()))
                    .filter(signal -> signal.number() > 0));
        assertThat(crash.coreDumped()).as("%s", death).contains(death.core());
      }
    }
    assertThat(folder.resolve("pid")).doesNotExist();
    deleteCores();
  }

  /** Whoever started the build may have told it to ignore INT or PIPE, and all that it starts. */
  private static boolean isIgnoredHere(int signal) throws Exception {
    Result ignored = finish(new ProcessBuilder("grep", "SigIgn:", "/proc/self/status").start());
    long mask = Long.parseUnsignedLong(ignored.out().substring(7).strip(), 16);
    return signal > 0 && (mask & 1L << signal - 1) != 0;
  }

  /** The two ways of the script end in the same code; of the second a few deaths will do. */
  private List<List<String>> ways(Death death) {
    return death.signal() == 11 || death.status() == 139
        ? List.of(List.of(), pidFile())
        : List.of(List.of());
  }

  // A pattern that begins with | has a program take the dump, whatever the limit.
  private static boolean kernelPipesCores() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/core_pattern")).startsWith("|");
  }

  private void deleteCores() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith("core")).toList()) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aCommandThatEndsWellLeavesNothing(List<String> shell) throws Exception {
    Result result =
        run(
            shell,
            List.of(),
            List.of(
                "sh",
                "-c",
                "for word; do printf '[%s]' \"$word\"; done; cat; echo error >&2; pwd",
                "x",
                "a b",
                "",
                "q'\"",
                "line\nfeed",
                "$HOME `id` \\ *"));

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "[a b][][q'\"][line\nfeed][$HOME `id` \\ *]typed\n" + folder.toRealPath() + "\n");
    assertThat(result.err()).isEqualTo("error\n");
    assertThat(records).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theEnvironmentAndTheSignalsAreTheCommandsOwn(List<String> shell) throws Exception {
    Map<String, String> odd =
        Map.of("a.b-c", " x\ny ", "LC_ALL", "C.UTF-8", "cw", "1", "SPRING.X", "\\n%s");
    ProcessBuilder builder = builder(shell, List.of(), List.of("env", "-0"));
    builder.environment().putAll(odd);
    String environment = finish(builder.start()).out();
    odd.forEach((name, value) -> assertThat(environment.split("\0")).contains(name + "=" + value));
    assertThat(environment).doesNotContain("cw_");

    String plain = finish(builder(shell, List.of(), List.of("env", "-0")).start()).out();
    assertThat(plain.contains("LC_ALL=")).isEqualTo(System.getenv().containsKey("LC_ALL"));

    String ignored =
        finish(
                builder(shell, List.of(), List.of("grep", "-E", "SigIgn", "/proc/self/status"))
                    .start())
            .out();
    String usual =
        finish(new ProcessBuilder("grep", "-E", "SigIgn", "/proc/self/status").start()).out();
    assertThat(ignored).isEqualTo(usual);

    String open = finish(builder(shell, List.of(), List.of("ls", "/proc/self/fd")).start()).out();
    assertThat(open.split("\n")).containsExactly("0", "1", "2", "3");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void passesSignalsOnAndCallsThatNoCrash(List<String> shell) throws Exception {
    Map<String, Integer> statuses = Map.of("TERM", 143, "INT", 130, "HUP", 129, "QUIT", 131);
    for (Map.Entry<String, Integer> status : statuses.entrySet()) {
      String signal = status.getKey();
      Process watcher = sleeper(shell, ":", "exec sleep 60");
      if (isDeafTo(status.getValue() - 128, watcher)) {
        kill("KILL", commandOf());
        finish(watcher);
        onlyRecord();
        continue;
      }
      kill(signal, watcher.pid());
      Result result = finish(watcher);
      assertThat(result.status()).isEqualTo(status.getValue());
      assertThat(result.err()).isEmpty();
      assertThat(records).isEmptyDirectory();
    }
    deleteCores();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void stoppedAtOnceItRemovesWhatItMadeAndNothingElse(List<String> shell) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path others = Files.createDirectory(temporary.resolve("others"));
    Files.writeString(others.resolve("file"), "keep");
    for (int i = 0; i < 10; i++) {
      ProcessBuilder builder = builder(shell, List.of(), List.of("sh", "-c", "exec sleep 60"));
      builder.environment().put("TMPDIR", temporary.toString());
      Process watcher = builder.start();
      // As soon as it has made something, or has even removed it and begun.
      Eventually.is(() -> entries(temporary) > 1 || watcher.children().count() > 0);
      kill("TERM", watcher.pid());
      assertThat(finish(watcher).status()).isEqualTo(143);
      Eventually.is(() -> entries(temporary) == 1);
      assertThat(others.resolve("file")).hasContent("keep");
    }
    assertThat(records).isEmptyDirectory();
  }

  private static long entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theCommandDecidesWhatASignalDoes(List<String> shell) throws Exception {
    Process polite = sleeper(shell, "trap 'exit 7' TERM", "while :; do sleep 0.05; done");
    kill("TERM", polite.pid());
    assertThat(finish(polite).status()).isEqualTo(7);
    assertThat(records).isEmptyDirectory();

    // Told to read its configuration again, and crashed later.
    Process later = sleeper(shell, "trap 'echo again' HUP", "sleep 20 & wait; wait");
    kill("HUP", later.pid());
    try (var out = later.inputReader()) {
      assertThat(out.readLine()).isEqualTo("again");
      kill("SEGV", commandOf());
      assertThat(later.waitFor()).isEqualTo(139);
    }
    assertThat(onlyRecord().signal()).contains(new KernelSignal(11, "SIGSEGV"));
    deleteCores();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theRecordIsWrittenWhenTheWrapperIsKilled(List<String> shell) throws Exception {
    Process wrapper = sleeper(shell, ":", "exec sleep 60");
    long command = commandOf();
    wrapper.destroyForcibly().waitFor();

    kill("ABRT", command);

    Eventually.is(() -> hasRecord());
    assertThat(onlyRecord().signal()).contains(new KernelSignal(6, "SIGABRT"));
    deleteCores();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void withoutRoomForTheRecordTheStatusIsPassedOn(List<String> shell) throws Exception {
    records = Path.of("/proc/none");
    Result result = run(shell, List.of(), List.of("sh", "-c", "exit 3"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo("candor-watch: no record of this crash: cannot write to /proc/none\n");

    result = run(shell, pidFile(), List.of("sh", "-c", "exit 3"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(folder.resolve("pid")).exists();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatTheCommandWroteLastIsTheMessage(List<String> shell) throws Exception {
    Path file = folder.resolve("message");
    Files.writeString(file, "of an earlier run\n");
    List<String> options = List.of("--message-file", file.toString());

    run(shell, options, List.of("sh", "-c", "exit 4"));
    assertThat(onlyRecord().message()).isEqualTo("da\"ta\\plane\n2 ended with exit code 4");

    String write =
        "printf 'first\\nthe \"last\\\\\" \\303\\274\\t\\001one\\n\\n' > " + file + "; exit 4";
    run(shell, options, List.of("sh", "-c", write));
    assertThat(onlyRecord().message()).isEqualTo("the \"last\\\" ü  one");
  }

  @Test
  void aCommandThatCannotBeRunIsACrash() throws Exception {
    Result result = run(List.of("sh"), List.of(), List.of("no-such-program"));
    assertThat(result.status()).isEqualTo(127);
    assertThat(result.err()).contains("no-such-program");
    assertThat(onlyRecord().exitCode()).contains(127);
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    for (List<String> wrong :
        List.of(List.of("--component", "c", "--", "true"), List.of("--what"), List.of("--id"))) {
      List<String> line = new ArrayList<>(List.of("sh", script.toString()));
      line.addAll(wrong);
      Result result = finish(new ProcessBuilder(line).start());
      assertThat(result.status()).isEqualTo(64);
      assertThat(result.err()).contains("usage: candor-watch --component NAME");
    }
  }

  private List<String> pidFile() {
    return List.of("--pid-file", folder.resolve("pid").toString());
  }

  private record Result(int status, String out, String err) {}

  private Result run(List<String> shell, List<String> options, List<String> command)
      throws Exception {
    Process process = builder(shell, options, command).start();
    try (var in = process.getOutputStream()) {
      in.write("typed\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It did not want to read.
    }
    return finish(process);
  }

  private ProcessBuilder builder(List<String> shell, List<String> options, List<String> command) {
    List<String> line = new ArrayList<>(shell);
    line.addAll(
        List.of(
            script.toString(), "--component", "da\"ta\\plane\n2", "--records", records.toString()));
    line.addAll(options);
    line.add("--");
    line.addAll(command);
    return new ProcessBuilder(line).directory(folder.toFile());
  }

  private static Result finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  /** A command that is at work. */
  private Process sleeper(List<String> shell, String first, String work) throws IOException {
    Path ready = folder.resolve("ready");
    Files.deleteIfExists(ready);
    List<String> unblocking = new ArrayList<>(List.of("sh", "-c", "exec \"$@\"", "sh"));
    unblocking.addAll(shell);
    List<String> command =
        List.of("sh", "-c", first + "; echo $$ > draft; mv draft ready; " + work);
    Process process = builder(unblocking, List.of(), command).start();
    Eventually.is(() -> Files.exists(ready));
    return process;
  }

  /**
   * The Java VM blocks QUIT for its children; a shell that some systems have as sh unblocks it. And
   * what was started in the background by a script ignores INT and QUIT, with all that it starts.
   */
  private static boolean isDeafTo(int signal, Process process) {
    return ((signals(process, "SigBlk:") | signals(process, "SigIgn:")) & 1L << signal - 1) != 0;
  }

  private static long signals(Process process, String which) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(which))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private long commandOf() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("ready")).strip());
  }

  private static void kill(String signal, long pid) throws Exception {
    assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid).start().waitFor())
        .isZero();
  }

  private boolean hasRecord() {
    try (Stream<Path> files = Files.list(records)) {
      return files.anyMatch(file -> file.toString().endsWith(".json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Crash onlyRecord() {
    List<Crash> all = new ArrayList<>();
    new RecordFolder(records, Clock.systemUTC()).workOff(all::add, file -> false);
    assertThat(all).hasSize(1);
    assertThat(records).isEmptyDirectory();
    return all.get(0);
  }
}
