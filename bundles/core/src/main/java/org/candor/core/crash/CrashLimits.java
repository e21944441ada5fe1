package org.candor.core.crash;

import org.candor.core.store.StoreFile;
import org.candor.core.store.StorePart;
import org.candor.core.store.StoreSettings;

/**
 * Size budget of the file of crashes, and how it is divided among what the file holds.
 *
 * @param fileBytes on disk, the copy of a compaction included
 */
record CrashLimits(long fileBytes) {

  private static final int MOST_CRASHES = 1_000;
  private static final int MOST_KINDS = 500;
  private static final int MOST_LOOPS = 64;
  private static final int MOST_IDS = 10_000;

  private static final long LARGEST_CRASH = 64 << 10;
  private static final long LARGEST_LOOP = 8 << 10;
  private static final long LEAST_CRASH = 4 << 10;

  /** About what an id takes in its two maps. */
  private static final int ID = 128;

  /** About what is remembered of a kind. */
  private static final int KIND = 192;

  static CrashLimits of(StoreSettings settings) {
    return new CrashLimits(settings.budget().bytesFor(StorePart.CRASHES));
  }

  /** Half of the content: bytes of all kept crashes. */
  long crashBytes() {
    return content() / 2;
  }

  /** Bytes of one crash with its stack, before it is compressed. */
  int bytesOfOne() {
    return (int) Math.max(LEAST_CRASH, Math.min(LARGEST_CRASH, content() / 16));
  }

  int crashes() {
    return MOST_CRASHES;
  }

  /** Bytes of the first crash of a loop with its stack. */
  int bytesOfLoop() {
    return (int) Math.max(LEAST_CRASH, Math.min(LARGEST_LOOP, content() / 256));
  }

  /** An eighth of the content. */
  int loops() {
    return within(4, content() / 8 / bytesOfLoop(), MOST_LOOPS);
  }

  /** An eighth of the content, with the loops among them. */
  int kinds() {
    return within(2 * loops(), content() / 8 / KIND, MOST_KINDS);
  }

  /** A quarter of the content. */
  int ids() {
    return within(100, content() / 4 / ID, MOST_IDS);
  }

  private long content() {
    return StoreFile.mayHold(fileBytes);
  }

  private static int within(long least, long count, long most) {
    return (int) Math.max(least, Math.min(most, count));
  }
}
