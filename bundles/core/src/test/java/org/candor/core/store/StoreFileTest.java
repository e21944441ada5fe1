package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {

  private static final StoreFile.Salvager NOTHING = aside -> {};

  @TempDir Path directory;
  private Path path;
  private StoreFile file;

  @BeforeEach
  void make() {
    path = directory.resolve("var/a.mv");
    file = new StoreFile(path, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    file.close();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.map(found -> found.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasNotCommittedIsGone() throws IOException {
    assertThat(file.open(NOTHING)).isTrue();
    file.named("a").put("kept", "yes");
    file.commit();
    file.named("a").put("lost", "yes");
    file.close();
    assertThat(file.isClosed()).isTrue();
    file.open(NOTHING);
    assertThat(file.named("a")).containsOnlyKeys("kept");
  }

  @Test
  void aDamagedFileIsReplacedByWhatCanBeSavedAndKept() throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "garbage".repeat(2_000));
    assertThat(
            file.open(
                aside -> {
                  assertThat(aside).content().startsWith("garbage");
                  file.named("a").put("saved", "yes");
                }))
        .isFalse();
    file.close();
    assertThat(file.open(NOTHING)).isTrue();
    assertThat(file.named("a")).containsOnlyKeys("saved");
    assertThat(names()).hasSize(2).anyMatch(name -> name.startsWith("a.mv.set-aside-"));
  }

  @Test
  void whereNothingCanBeSavedTheOldFileStaysAndNothingElse() throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "garbage".repeat(2_000));
    StoreFile.Salvager failing =
        aside -> {
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> file.open(failing)).isInstanceOf(IOException.class);
    assertThat(file.isClosed()).isTrue();
    assertThat(path).content().startsWith("garbage");
    assertThat(names()).containsExactly("a.mv");
  }

  @Test
  void compactionKeepsAllMapsAndGivesFreedSpaceBack() throws IOException {
    file.open(NOTHING);
    file.named("names").put("one", "1");
    file.numbered("bytes").put(7L, new byte[] {7});
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[50_000];
      random.nextBytes(bytes);
      file.numbered("freed").put((long) i, bytes);
      file.commit();
    }
    file.numbered("freed").clear();
    file.commit();
    long before = Files.size(path);
    file.keepWithin(before);
    assertThat(Files.size(path)).isLessThan(before / 4);
    assertThat(file.named("names")).containsEntry("one", "1");
    assertThat(file.numbered("bytes").get(7L)).containsExactly(7);
    assertThat(file.numberedNames()).containsExactlyInAnyOrder("bytes", "freed");
    assertThat(names()).containsExactly("a.mv");
  }

  @Test
  void aFileThatIsNotOpenIsNotUsed() {
    assertThatThrownBy(() -> file.named("a")).isInstanceOf(IllegalStateException.class);
  }
}
