package org.candor.shell.screen;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Column layout: how wide the columns of a table are, so that it fits: the columns that can be
 * wrapped share what the others leave, the narrow ones among them as much as they need.
 */
final class Widths {

  private static final int LEAST = 12;

  private final int[] granted;
  private final boolean fit;

  /**
   * @param natural what each column needs
   * @param wrappable which of them can do with less
   * @param available for all of them together
   */
  Widths(List<Integer> natural, List<Boolean> wrappable, int available) {
    granted = natural.stream().mapToInt(Integer::intValue).toArray();
    int excess = IntStream.of(granted).sum() - available;
    int widest = widest(wrappable);
    while (excess > 0 && widest >= 0) {
      granted[widest]--;
      excess--;
      widest = widest(wrappable);
    }
    fit = excess <= 0;
  }

  private int widest(List<Boolean> wrappable) {
    int widest = -1;
    for (int column = 0; column < granted.length; column++) {
      if (wrappable.get(column)
          && granted[column] > (widest < 0 ? LEAST : Math.max(LEAST, granted[widest]))) {
        widest = column;
      }
    }
    return widest;
  }

  /** Whether all columns together are within what is available. */
  boolean fit() {
    return fit;
  }

  int of(int column) {
    return granted[column];
  }
}
