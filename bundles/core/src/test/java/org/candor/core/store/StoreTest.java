package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

  @TempDir Path base;

  @Test
  void aDirectoryThatCannotBeMadeIsNamedWithWhatToDo() throws IOException {
    Path folder = Files.createFile(base.resolve("file")).resolve("folder");
    StoreFixture store = new StoreFixture(folder);
    assertThatThrownBy(store.store()::prepare)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "etc/org.candor.store.cfg: directory = " + folder + " cannot be used (")
        .hasMessageContaining("Exception: ")
        .hasMessageEndingWith("); set a folder that this user can write.");
    assertThat(store.store().problems())
        .singleElement()
        .asString()
        .startsWith("etc/org.candor.store.cfg: directory = " + folder + ": allowed is a folder")
        .endsWith("Nothing can be stored until then.");
    Path good = base.resolve("a/b");
    store.directory(good);
    store.store().prepare();
    assertThat(good).isDirectory();
    assertThat(store.store().problems()).isEmpty();
  }

  @Test
  void anotherDirectoryThatCannotBeUsedIsRefusedAndTheOneOfBeforeStays() throws IOException {
    Path good = base.resolve("good");
    StoreFixture store = new StoreFixture(good);
    List<String> moves = new ArrayList<>();
    store
        .store()
        .movedBy(
            step -> {
              step.run();
              moves.add(store.store().settings().directory().toString());
            });
    store.store().prepare();
    store.directory(Files.createFile(base.resolve("file")).resolve("folder"));
    store.maxCount("7");
    assertThat(store.store().settings().directory()).isEqualTo(good);
    assertThat(store.store().settings().maxCount()).isEqualTo(7);
    store.store().prepare();
    assertThat(moves).isEmpty();
    assertThat(store.store().problems())
        .singleElement()
        .asString()
        .endsWith("It stays " + good + ".");
    Path other = base.resolve("other");
    store.directory(other);
    assertThat(store.store().settings().directory()).isEqualTo(other);
    assertThat(moves).containsExactly(other.toString());
    assertThat(store.store().problems()).isEmpty();
  }

  @Test
  void whoeverChangesTheDirectoryWaitsForNoDisk() throws IOException {
    Path good = base.resolve("good");
    Deque<Runnable> work = new ArrayDeque<>();
    StoreFixture store = new StoreFixture(good, () -> {}, work::add);
    store.store().prepare();
    Path other = base.resolve("other");
    store.directory(other);
    assertThat(other).doesNotExist();
    assertThat(store.store().settings().directory()).isEqualTo(good);
    store.directory(good);
    work.remove().run();
    assertThat(store.store().settings().directory()).isEqualTo(good);
  }

  @Test
  void aDirectoryWhoseFilesSomebodyElseHoldsIsRefused() throws IOException {
    Path good = base.resolve("good");
    StoreFixture store = new StoreFixture(good);
    store.store().prepare();
    Path other = Files.createDirectories(base.resolve("other"));
    Path file = Files.createFile(other.resolve("outbox.mv"));
    LockHolder holder = new LockHolder(file);
    try (holder) {
      store.directory(other);
      assertThat(store.store().settings().directory()).isEqualTo(good);
    }
    store.directory(other);
    assertThat(store.store().settings().directory()).isEqualTo(other);
    Files.createDirectories(base.resolve("third/journal.mv"));
    store.directory(base.resolve("third"));
    assertThat(store.store().settings().directory()).isEqualTo(other);
  }
}
