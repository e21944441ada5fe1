package org.candor.source.crash.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.crash.Crash;
import org.candor.source.crash.Eventually;
import org.candor.source.crash.FakeIntake;
import org.candor.source.crash.Handover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryWatchTest {

  @TempDir Path folder;

  private final FakeIntake intake = new FakeIntake();
  private Path directory;
  private DirectoryWatch watch;

  @BeforeEach
  void place() {
    directory = folder.resolve("crashes");
  }

  @AfterEach
  void close() {
    long start = System.nanoTime();
    watch.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("candor-"));
  }

  @Test
  void takesWhatLiesThereAndWhatComes() throws Exception {
    Files.createDirectory(directory);
    drop("before");
    open(intake.handover());
    intake.await(1);

    drop("after");

    assertThat(intake.await(2)).extracting(Crash::component).containsExactly("before", "after");
    Eventually.is(() -> isEmpty());
  }

  @Test
  void whatIsDroppedIsTakenAtOnce() throws Exception {
    Files.createDirectory(directory);
    drop("first");
    open(intake.handover());
    intake.await(1);
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      drop("c" + i);
      intake.await(i + 2);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void theFolderMayComeLateAndGoAndComeAgain() throws Exception {
    open(intake.handover());
    Files.createDirectory(directory);
    drop("late");
    intake.await(1);

    Eventually.is(() -> isEmpty());
    Files.delete(directory);
    Files.createDirectory(directory);
    drop("again");

    assertThat(intake.await(2)).extracting(Crash::component).containsExactly("late", "again");
  }

  @Test
  void whatCannotBeKeptIsOfferedAgain() throws Exception {
    Files.createDirectory(directory);
    intake.fail(true);
    open(intake.handover());
    drop("a");
    Eventually.is(() -> intake.offers() >= 2);
    assertThat(intake.taken()).isEmpty();

    intake.fail(false);

    assertThat(intake.await(1)).hasSize(1);
  }

  @Test
  void whatWasNotTakenIsTakenOnceByTheNext() throws Exception {
    Files.createDirectory(directory);
    intake.fail(true);
    open(intake.handover());
    drop("a");
    Eventually.is(() -> intake.offers() >= 1);
    watch.close();

    intake.fail(false);
    open(intake.handover());

    intake.await(1);
    Eventually.is(() -> isEmpty());
    assertThat(intake.taken()).hasSize(1);
  }

  @Test
  void waitsForSomebodyWhoTakes() throws Exception {
    Files.createDirectory(directory);
    FakeIntake late = new FakeIntake();
    Handover handover = new Handover();
    Path a = drop("a");
    open(handover);
    Eventually.is(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("candor-crash-test"))
                .anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    assertThat(a).exists();

    late.bindTo(handover);

    assertThat(late.await(1)).hasSize(1);
  }

  @Test
  void aFloodIsTakenAMinuteAtATimeAndSaidOnce() throws Exception {
    Files.createDirectory(directory);
    for (int i = 0; i < 8; i++) {
      drop("c" + i);
    }
    AtomicLong nanos = new AtomicLong();
    Handover handover = intake.handover();
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      watch =
          new DirectoryWatch(
                  "test", directory, new IntakeRate(3, nanos::get), handover, Clock.systemUTC())
              .start();
      intake.await(3);
      for (int minute = 1; minute <= 2; minute++) {
        Eventually.is(() -> log.toString(StandardCharsets.UTF_8).contains("maxPerMinute"));
        assertThat(intake.taken()).hasSize(3 * minute);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        int expected = Math.min(8, 3 * (minute + 1));
        Eventually.is(
            () -> {
              // Whoever comes to take crashes has all looked at again.
              intake.bindTo(handover);
              return intake.taken().size() >= expected;
            });
      }
      Eventually.is(() -> log.toString(StandardCharsets.UTF_8).contains("have been taken"));
    } finally {
      System.setErr(err);
    }
    assertThat(intake.taken()).hasSize(8);
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("WARN"))
        .singleElement()
        .asString()
        .contains("more than 3 crash records a minute (maxPerMinute)", "stay there");
    assertThat(recordsLeft()).isZero();
  }

  private void open(Handover handover) {
    watch = new DirectoryWatch("test", directory, 1_000, handover, Clock.systemUTC()).start();
  }

  private long recordsLeft() {
    try (var files = Files.list(directory)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path drop(String component) throws IOException {
    Path draft = folder.resolve("draft");
    Files.writeString(draft, "{\"component\":\"" + component + "\"}");
    return Files.move(draft, directory.resolve(component + ".json"));
  }

  private boolean isEmpty() {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
