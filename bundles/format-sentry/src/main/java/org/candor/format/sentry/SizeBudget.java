package org.candor.format.sentry;

/**
 * Size budget: how much of a crash an event tells; less and less of it until the event is small
 * enough.
 *
 * @param frames of all stacks together
 * @param failures exceptions of the chain
 * @param text characters of a message
 */
record SizeBudget(int frames, int failures, int text) {

  /** What most crashes have room in; 8192 is Sentry's own limit for a message. */
  static final SizeBudget FULL = new SizeBudget(4096, 50, 8192);

  private static final int FRAMES_THAT_TELL = 64;

  /** Frames go first: the middle of a long stack tells least. */
  SizeBudget tighter() {
    return frames > FRAMES_THAT_TELL
        ? new SizeBudget(frames / 2, failures, text)
        : new SizeBudget(frames, Math.max(1, failures / 2), Math.max(1, text / 2));
  }
}
