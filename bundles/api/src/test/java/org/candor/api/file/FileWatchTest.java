package org.candor.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel reports and what it does not. */
@Timeout(20)
class FileWatchTest {

  /** Longer than a test may take. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path temporary;
  private Path folder;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void open() throws IOException {
    folder = temporary.toRealPath();
    file = Files.createDirectory(folder.resolve("etc")).resolve("a.cfg");
    watch = new FileWatch(List.of(file));
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
  }

  @Test
  void aFileThatComesChangesOrGoesIsReported() throws Exception {
    assertThat(watch.covers()).isTrue();
    Files.writeString(file, "usage = true");
    assertThat(watch.await(LONG)).isTrue();
    Files.writeString(file, "usage = false");
    assertThat(watch.await(LONG)).isTrue();
    Files.move(file, folder.resolve("elsewhere"));
    assertThat(watch.await(LONG)).isTrue();
    assertThat(watch.covers()).isTrue();
  }

  @Test
  void aFolderThatWasReplacedIsFoundWhenAskedAgain() throws Exception {
    assertThat(watch.covers()).isTrue();
    Files.move(folder.resolve("etc"), folder.resolve("etc.old"));
    assertThat(watch.covers()).isFalse();
    Files.createDirectory(folder.resolve("etc"));
    assertThat(watch.covers()).isTrue();
    Files.writeString(file, "usage = true");
    assertThat(watch.await(LONG)).isTrue();
  }

  @Test
  void ofSeveralFilesEachIsCoveredOrNone() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("b.cfg");
    try (FileWatch both = new FileWatch(List.of(file, other))) {
      assertThat(both.covers()).isTrue();
      Files.writeString(other, "1");
      assertThat(both.await(LONG)).isTrue();
      Files.delete(other);
      Files.delete(other.getParent());
      assertThat(both.covers()).isFalse();
    }
  }

  @Test
  void whatALinkLeadsToIsNotCoveredNorAFolderThatIsNotThere() throws Exception {
    Files.writeString(file, "1");
    Path link = Files.createSymbolicLink(folder.resolve("link.cfg"), file);
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), file.getParent());
    for (Path other :
        List.of(link, linked.resolve("a.cfg"), folder.resolve("missing").resolve("a.cfg"))) {
      try (FileWatch both = new FileWatch(List.of(file, other))) {
        assertThat(both.covers()).as(other.toString()).isFalse();
      }
    }
  }

  @Test
  void aFileSystemThatOthersWriteToUnseenIsNotCovered() throws Exception {
    try (FileWatch proc = new FileWatch(List.of(Path.of("/proc/1/status")))) {
      assertThat(proc.covers()).isFalse();
    }
  }

  @Test
  void whoWaitedBeforeAnybodyAskedIsToldToo() throws Exception {
    CompletableFuture<Boolean> waiting = begin(new CountDownLatch(1), () -> watch.await(LONG));
    while (!waiting.isDone()) {
      assertThat(watch.covers()).isTrue();
      Files.writeString(file, "1");
    }
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void whereNothingIsTouchedTheTimeIsWaitedFor() throws Exception {
    assertThat(watch.await(Duration.ofMillis(1))).isFalse();
    assertThat(watch.covers()).isTrue();
    assertThat(watch.await(Duration.ofMillis(1))).isFalse();
    assertThat(watch.isClosed()).isFalse();
  }

  @Test
  void closingEndsEveryWait() throws Exception {
    FileWatch idle = new FileWatch(List.of(file));
    assertThat(watch.covers()).isTrue();
    CountDownLatch waiting = new CountDownLatch(3);
    List<CompletableFuture<Boolean>> waits =
        List.of(
            begin(waiting, () -> watch.await(LONG)),
            begin(waiting, () -> idle.await(LONG)),
            begin(
                waiting,
                () -> {
                  idle.pause(LONG);
                  return false;
                }));
    waiting.await();
    watch.close();
    idle.close();
    for (CompletableFuture<Boolean> wait : waits) {
      assertThat(wait.get()).isFalse();
    }
    assertThat(watch.isClosed()).isTrue();
    assertThat(watch.covers()).isFalse();
    assertThat(idle.covers()).isFalse();
  }

  @FunctionalInterface
  private interface Wait {
    boolean make() throws InterruptedException;
  }

  /** On a thread of its own: the common pool has one thread for each processor. */
  private static CompletableFuture<Boolean> begin(CountDownLatch waiting, Wait wait) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            waiting.countDown();
            return wait.make();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        task -> new Thread(task).start());
  }
}
