package org.candor.source.dcos.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel tells and what it does not. */
@Timeout(20)
class FolderWatchTest {

  /** Longer than the test may take. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void resolve() throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void theKernelTellsOfAFileThatComesChangesAndGoes() throws IOException {
    Path file = folder.resolve("c.json");
    try (FolderWatch watch = new FolderWatch(List.of(file))) {
      assumeTrue(watch.covers(), "the kernel tells of " + folder);
      Files.writeString(file, "1");
      watch.await(LONG);
      Files.writeString(file, "2");
      watch.await(LONG);
      Files.delete(file);
      watch.await(LONG);
      assertThat(watch.covers()).isTrue();
    }
  }

  @Test
  void itDoesNotTellOfWhatALinkLeadsToNorOfAFolderThatIsNotThere() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "1");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
    for (Path other :
        List.of(link, linked.resolve("c.json"), folder.resolve("missing").resolve("c.json"))) {
      try (FolderWatch watch = new FolderWatch(List.of(file, other))) {
        assertThat(watch.covers()).as(other.toString()).isFalse();
      }
    }
  }

  @Test
  void closingEndsTheWaiting() throws Exception {
    FolderWatch watch = new FolderWatch(List.of(folder.resolve("c.json")));
    watch.covers();
    Thread waiting =
        new Thread(
            () -> {
              watch.await(LONG);
              watch.pause(LONG);
            });
    waiting.start();
    watch.close();
    waiting.join();
    assertThat(watch.isClosed()).isTrue();
  }
}
