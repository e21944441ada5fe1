package org.candor.core.crash;

import org.candor.api.crash.Crash;

/**
 * Crash loop: crashes alike that follow each other so fast that only their number is reported.
 *
 * @param first the first that is counted and not reported
 * @param count how many
 */
record CrashLoop(Crash first, long count) {

  CrashLoop oneMore() {
    return new CrashLoop(first, count + 1);
  }
}
