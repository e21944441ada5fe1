package org.candor.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  @TempDir Path folder;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("etc/a.cfg");
    Files.createDirectory(folder.resolve("etc"));
    watch = new FileWatch(file);
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
  }

  @Test
  void aFileThatComesChangesOrGoesIsTold() throws Exception {
    assertThat(watch.covers()).isTrue();
    Files.writeString(file, "usage = true");
    assertThat(told()).isTrue();
    Files.writeString(file, "usage = false");
    assertThat(told()).isTrue();
    Files.move(file, folder.resolve("elsewhere"));
    assertThat(told()).isTrue();
  }

  @Test
  void aFolderThatWasReplacedIsFoundWhenAskedAgain() throws Exception {
    assertThat(watch.covers()).isTrue();
    Files.move(folder.resolve("etc"), folder.resolve("etc.old"));
    assertThat(watch.covers()).isFalse();
    Files.createDirectory(folder.resolve("etc"));
    assertThat(watch.covers()).isTrue();
    Files.writeString(file, "usage = true");
    assertThat(told()).isTrue();
  }

  @Test
  void aLinkIsNotCoveredForWhatItLeadsToIsElsewhere() throws Exception {
    Files.createSymbolicLink(file, Files.createFile(folder.resolve("far")));
    assertThat(watch.covers()).isFalse();
  }

  @Test
  void aFileSystemThatOthersWriteToUnseenIsNotCovered() throws Exception {
    try (FileWatch proc = new FileWatch(Path.of("/proc/self/status"))) {
      assertThat(proc.covers()).isFalse();
    }
  }

  @Test
  void closingEndsTheWaitAndTheThread() throws Exception {
    assertThat(watch.covers()).isTrue();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(watch::await);
    watch.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isFalse();
    assertThat(watch.covers()).isFalse();
  }

  private boolean told() throws Exception {
    return CompletableFuture.supplyAsync(watch::await).get(5, TimeUnit.SECONDS);
  }
}
