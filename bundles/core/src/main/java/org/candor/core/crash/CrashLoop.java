package org.candor.core.crash;

import org.candor.api.crash.Crash;

/**
 * Crash loop: crashes alike that follow each other so fast that only their number is reported.
 *
 * @param first the first that is counted and not reported
 * @param component which it is; see {@link CrashShares#key}
 * @param count how many
 */
record CrashLoop(Crash first, String component, long count) {

  CrashLoop within(int bytes) {
    return new CrashLoop(StackTrimming.fit(first, bytes), component, count);
  }

  CrashLoop oneMore() {
    return new CrashLoop(first, component, count + 1);
  }
}
