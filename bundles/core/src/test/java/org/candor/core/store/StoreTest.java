package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path good = base.resolve("a/b");
    store.directory(good);
    store.store().prepare();
    assertThat(good).isDirectory();
  }
}
