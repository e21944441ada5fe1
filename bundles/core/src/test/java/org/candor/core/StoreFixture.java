package org.candor.core;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.candor.core.store.StartupRecovery;
import org.candor.core.store.Store;
import org.candor.core.store.StoreConfig;
import org.candor.core.store.Volume;
import org.candor.core.work.Ticker;

/** A store whose settings tests change. */
public final class StoreFixture {

  private final Path first;
  private Path directory;
  private final Store store;

  public StoreFixture(Path directory) {
    this(directory, () -> {});
  }

  public StoreFixture(Path directory, StartupRecovery unfinished) {
    this(directory, unfinished, Runnable::run);
  }

  public StoreFixture(Path directory, StartupRecovery unfinished, Executor workers) {
    this(directory, unfinished, workers, System::nanoTime);
  }

  /**
   * @param ticker says when to look at the disk again
   */
  public StoreFixture(Path directory, StartupRecovery unfinished, Executor workers, Ticker ticker) {
    this.first = directory;
    this.directory = directory;
    this.store =
        new Store(
            directory,
            unfinished,
            workers,
            config("50m", "30d", "100000"),
            Volume.ofTheSystem(),
            ticker);
  }

  public Store store() {
    return store;
  }

  public void directory(Path value) {
    directory = value;
    store.modified(config("50m", "30d", "100000"));
  }

  /** As when the disk goes away just after it was looked at. */
  public void lose() throws IOException {
    Path gone = first.resolve("gone");
    directory(gone.resolve("var"));
    Files.delete(gone.resolve("var"));
    Files.delete(gone);
    Files.createFile(gone);
  }

  public void maxBytes(String value) {
    store.modified(config(value, "30d", "100000"));
  }

  public void maxAge(String value) {
    store.modified(config("50m", value, "100000"));
  }

  public void maxCount(String value) {
    store.modified(config("50m", "30d", value));
  }

  private StoreConfig config(String bytes, String age, String count) {
    return new StoreConfig() {
      @Override
      public String directory() {
        return directory.toString();
      }

      @Override
      public String maxBytes() {
        return bytes;
      }

      @Override
      public String maxAge() {
        return age;
      }

      @Override
      public String maxCount() {
        return count;
      }

      @Override
      public String crashShare() {
        return "25";
      }

      @Override
      public String healthShare() {
        return "25";
      }

      @Override
      public String webShare() {
        return "50";
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return StoreConfig.class;
      }
    };
  }
}
