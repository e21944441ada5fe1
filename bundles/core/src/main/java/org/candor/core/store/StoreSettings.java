package org.candor.core.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/**
 * Validated settings of the store. Immutable.
 *
 * @param directory of the files
 * @param maxBytes of all files together on disk; see {@link #budget}
 * @param maxAge of a queued message, and of a payload in the journal
 * @param maxCount of queued messages
 * @param shares of the channels in what is queued
 */
public record StoreSettings(
    Path directory, long maxBytes, Duration maxAge, long maxCount, ShareSettings shares) {

  /** The least size that all files together can be held to. */
  public static final long LEAST_BYTES = 1L << 20;

  private static final Setting<Long> MAX_BYTES = Setting.bytes("maxBytes", LEAST_BYTES);
  private static final Setting<Duration> MAX_AGE =
      Setting.duration("maxAge", Duration.ofSeconds(1), Duration.ofDays(3650));
  private static final Setting<Long> MAX_COUNT = Setting.count("maxCount", 1, Integer.MAX_VALUE);

  /** How the stores divide {@link #maxBytes}. */
  public StoreBudget budget() {
    return new StoreBudget(maxBytes);
  }

  /** These in another directory. */
  StoreSettings in(Path other) {
    return new StoreSettings(other, maxBytes, maxAge, maxCount, shares);
  }

  /**
   * Reads them.
   *
   * @param base of the Karaf, for the default directory
   */
  public static StoreSettings read(Settings settings, StoreConfig config, Path base) {
    Path preset = base.resolve("var").resolve("candor");
    Setting<Path> directory =
        new Setting<>(
            "directory",
            "a path",
            text -> {
              try {
                return text.isEmpty() ? preset : base.resolve(text);
              } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
              }
            });
    return new StoreSettings(
        settings.read(directory, config.directory()).orElse(preset),
        settings.read(MAX_BYTES, config.maxBytes()).orElse(50L << 20),
        settings.read(MAX_AGE, config.maxAge()).orElse(Duration.ofDays(30)),
        settings.read(MAX_COUNT, config.maxCount()).orElse(100_000L),
        ShareSettings.read(settings, config));
  }
}
