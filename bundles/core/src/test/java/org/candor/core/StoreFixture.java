package org.candor.core;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import org.candor.core.store.Store;
import org.candor.core.store.StoreConfig;
import org.candor.core.store.Unfinished;

/** A store whose settings tests change. */
public final class StoreFixture {

  private Path directory;
  private final Store store;

  public StoreFixture(Path directory) {
    this(directory, () -> {});
  }

  public StoreFixture(Path directory, Unfinished unfinished) {
    this.directory = directory;
    this.store = new Store(directory, unfinished, config("50m", "30d", "100000"));
  }

  public Store store() {
    return store;
  }

  public void directory(Path value) {
    directory = value;
    store.modified(config("50m", "30d", "100000"));
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
      public Class<? extends Annotation> annotationType() {
        return StoreConfig.class;
      }
    };
  }
}
