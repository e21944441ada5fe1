package org.candor.source.crash.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

  private void open(Handover handover) {
    watch = new DirectoryWatch("test", directory, handover, Clock.systemUTC()).start();
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
