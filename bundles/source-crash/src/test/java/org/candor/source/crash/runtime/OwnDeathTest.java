package org.candor.source.crash.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.source.crash.Eventually;
import org.candor.source.crash.FakeIntake;
import org.candor.source.crash.Handover;
import org.candor.source.crash.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnDeathTest {

  @TempDir Path base;

  private final FakeIntake intake = new FakeIntake();
  private final List<OwnDeath> open = new ArrayList<>();
  private UncaughtExceptionHandler before;

  @BeforeEach
  void remember() {
    before = Thread.getDefaultUncaughtExceptionHandler();
  }

  @AfterEach
  void close() {
    for (OwnDeath one : open) {
      long start = System.nanoTime();
      one.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("candor-"));
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
  }

  @Test
  void anUncleanEndIsToldOnceAndACleanOneNever() throws Exception {
    OwnDeath first = start();
    Eventually.is(() -> markers().size() == 1);
    first.abandon();
    // The same process cannot die twice: make the marker another's.
    Instant seen = Instant.parse("2026-11-21T12:00:00Z");
    Path marker = own().resolve(markers().get(0));
    Path left = Files.move(marker, own().resolve("running-999999999-1700000000000"));
    Files.setLastModifiedTime(left, FileTime.from(seen));

    OwnDeath second = start();
    Crash crash = intake.await(1).get(0);
    assertThat(crash.component()).isEqualTo("karaf");
    assertThat(crash.at()).isEqualTo(seen);
    assertThat(crash.level()).isEqualTo(CrashLevel.FATAL);
    assertThat(crash.message()).startsWith("This process ended without saying goodbye");
    Eventually.is(() -> markers().size() == 1);
    second.close();
    assertThat(markers()).isEmpty();

    OwnDeath third = start();
    Eventually.is(() -> markers().size() == 1);
    third.close();
    assertThat(intake.taken()).hasSize(1);
  }

  @Test
  void inAContainerTheNextProcessMayHaveTheSameId() throws Exception {
    Files.createDirectories(own());
    Files.createFile(own().resolve("running-" + ProcessHandle.current().pid() + "-1700000000000"));
    start();
    intake.await(1);
  }

  @Test
  void aMarkerOfALiveProcessIsLeftAlone() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    long started = sleeper.info().startInstant().orElseThrow().toEpochMilli();
    Files.createDirectories(own());
    Files.createFile(own().resolve("running-" + sleeper.pid() + "-" + started));
    OwnDeath death = start();
    Eventually.is(() -> markers().size() == 2);
    death.close();
    assertThat(intake.taken()).isEmpty();
    assertThat(markers()).hasSize(1);
    sleeper.destroyForcibly().waitFor();

    start();
    intake.await(1);
  }

  @Test
  void theMarkerIsTouchedAndMadeAnewWhenItIsGone() throws Exception {
    start(Duration.ofMillis(20), intake.handover());
    Eventually.is(() -> markers().size() == 1);
    Path marker = own().resolve(markers().get(0));
    Files.setLastModifiedTime(marker, FileTime.from(Instant.EPOCH));
    Eventually.is(() -> !lastTouched(marker).equals(Instant.EPOCH));
    Files.delete(marker);
    Eventually.is(() -> Files.exists(marker));
  }

  @Test
  void whatTheVmLeftIsToldOnceAndExplainsTheMarker() throws Exception {
    Path file = base.resolve("hs_err_pid11190.log");
    Files.writeString(file, HsErrTest.sample());
    Files.createDirectories(own());
    Files.createFile(own().resolve("running-11190-1700000000000"));

    OwnDeath death = start();
    intake.await(1);
    Eventually.is(() -> markers().size() == 1 && !markers().get(0).contains("-11190-"));
    death.close();
    assertThat(intake.taken()).hasSize(1);
    Crash crash = intake.taken().get(0);
    assertThat(crash.signal()).contains(new KernelSignal(11, "SIGSEGV"));
    assertThat(crash.at()).isEqualTo(lastTouched(file));
    assertThat(markers()).isEmpty();

    FakeIntake forgetful = new FakeIntake();
    OwnDeath again = start(Duration.ofMinutes(1), forgetful.handover());
    Eventually.is(() -> markers().size() == 1);
    again.close();
    assertThat(forgetful.offers()).isZero();
    assertThat(file).exists();
  }

  @Test
  void aRealCrashOfTheVmIsFoundWhereItsOptionSays() throws Exception {
    Path place = Files.createDirectory(base.resolve("errors"));
    String option = "-XX:ErrorFile=" + place + "/java_%p.log";
    Process sleeper =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -S -c 0; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName())
            .directory(base.toFile())
            .start();
    assertThat(sleeper.inputReader().readLine()).isEqualTo("asleep");
    assertThat(new ProcessBuilder("sh", "-c", "kill -SEGV " + sleeper.pid()).start().waitFor())
        .isZero();
    assertThat(sleeper.waitFor(30, TimeUnit.SECONDS)).isTrue();

    OwnDeath death =
        new OwnDeath(
            new Home(base),
            List.of(base),
            List.of("-Xmx1g", option),
            Duration.ofMinutes(1),
            intake.handover(),
            Clock.systemUTC());
    open.add(death.start());

    Crash crash = intake.await(1).get(0);
    assertThat(crash.signal()).contains(new KernelSignal(11, "SIGSEGV"));
    assertThat(crash.coreDumped()).contains(false);
    assertThat(crash.failures().get(0).frames()).isNotEmpty();
    assertThat(crash.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  /** Waits to be killed. */
  static final class Sleeper {
    public static void main(String[] args) throws Exception {
      System.out.println("asleep");
      Thread.sleep(60_000);
    }
  }

  @Test
  void whatCannotBeKeptIsOfferedAgain() throws Exception {
    Files.writeString(base.resolve("hs_err_pid11190.log"), HsErrTest.sample());
    Handover handover = new Handover();
    OwnDeath death = start(Duration.ofMinutes(1), handover);
    Eventually.is(() -> markers().size() == 1);
    die(new IllegalStateException("early"));

    intake.bindTo(handover);

    assertThat(intake.await(2)).hasSize(2);
    death.close();
  }

  @Test
  void aThreadThatEndsWithAnExceptionIsTold() throws Exception {
    start();
    String printed = die(new IllegalStateException("outer", new IOException("inner")));

    Crash crash = intake.await(1).get(0);
    assertThat(crash.level()).isEqualTo(CrashLevel.ERROR);
    assertThat(crash.message())
        .isEqualTo("A thread ended with java.lang.IllegalStateException: outer");
    assertThat(crash.failures())
        .extracting(Failure::type)
        .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
    assertThat(crash.failures().get(0).frames().get(0))
        .extracting(Frame::type, Frame::method, Frame::file)
        .containsExactly(
            OwnDeathTest.class.getName(),
            "aThreadThatEndsWithAnExceptionIsTold",
            "OwnDeathTest.java");
    assertThat(printed)
        .startsWith("Exception in thread \"doomed\" java.lang.IllegalStateException: outer")
        .contains("Caused by: java.io.IOException: inner");
  }

  @Test
  void whoeverListenedBeforeStillHears() throws Exception {
    List<Throwable> heard = new ArrayList<>();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          heard.add(thrown);
          throw new IllegalStateException("and does badly");
        });
    try {
      UncaughtExceptionHandler theirs = Thread.getDefaultUncaughtExceptionHandler();
      OwnDeath death = start();
      die(new Error("x"));
      intake.await(1);
      assertThat(heard).hasSize(1);
      death.close();
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(theirs);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aHandlerThatCameLaterStays() throws Exception {
    OwnDeath death = start();
    UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    UncaughtExceptionHandler later = (thread, thrown) -> ours.uncaughtException(thread, thrown);
    Thread.setDefaultUncaughtExceptionHandler(later);
    try {
      death.close();
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(later);
      assertThat(die(new Error("x"))).contains("java.lang.Error: x");
      assertThat(intake.offers()).isZero();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void noExceptionIsTooBad() throws Exception {
    start();
    die(new Nasty());
    die(new OutOfMemoryError("Java heap space"));
    Throwable loop = new RuntimeException("a");
    Throwable other = new RuntimeException("b", loop);
    loop.initCause(other);
    die(loop);
    Thread deep = new Thread(() -> recurse(1), "doomed");
    quietly(deep);
    List<Crash> crashes = intake.await(4);
    assertThat(crashes.get(0).failures().get(0).type()).isEqualTo(Nasty.class.getName());
    assertThat(crashes.get(2).failures()).hasSize(2);
    assertThat(crashes.get(3).failures().get(0).type()).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void aFloodDoesNotBlockTheDying() throws Exception {
    FakeIntake slow = new FakeIntake();
    synchronized (slow) {
      start(Duration.ofMinutes(1), slow.handover());
      long start = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        die(new IllegalStateException("flood"));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    Eventually.is(() -> slow.taken().size() >= 64);
    assertThat(slow.taken()).hasSizeLessThan(80);
  }

  private static final class Nasty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message for you");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause for you");
    }

    @Override
    public void printStackTrace(PrintStream out) {
      throw new IllegalStateException("no trace for you");
    }
  }

  private static int recurse(int n) {
    return recurse(n + 1) + 1;
  }

  private static String die(Throwable thrown) throws Exception {
    return quietly(
        new Thread(
            () -> {
              OwnDeathTest.<RuntimeException>sneak(thrown);
            },
            "doomed"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static String quietly(Thread thread) throws Exception {
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      thread.start();
      thread.join();
    } finally {
      System.setErr(err);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private OwnDeath start() {
    return start(Duration.ofMinutes(1), intake.handover());
  }

  private OwnDeath start(Duration touch, Handover handover) {
    OwnDeath death =
        new OwnDeath(new Home(base), List.of(base), List.of(), touch, handover, Clock.systemUTC());
    open.add(death.start());
    return death;
  }

  private Path own() {
    return new Home(base).own();
  }

  private List<String> markers() {
    if (!Files.isDirectory(own())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(own())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("running-"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Instant lastTouched(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
