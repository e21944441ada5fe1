package org.candor.core.mistake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Edit distance ("did you mean"): finds the name that somebody meant who mistyped it. */
public final class NearestName {

  /** No slip is longer than this. */
  private static final int MOST = 3;

  private NearestName() {}

  /**
   * The name that differs least: by one slip in three letters at most, where a slip is a letter too
   * many, too few, another or two that changed places. Case, hyphens, dots and underscores do not
   * count.
   */
  public static Optional<String> of(String typed, Collection<String> names) {
    String plain = plain(typed);
    int limit = Math.min(MOST, plain.length() / 3);
    return new TreeSet<>(names)
        .stream()
            .filter(name -> distance(plain, plain(name)) <= limit)
            .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** The optimal string alignment distance. */
  private static int distance(String one, String other) {
    int[][] slips = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : least(slips, one, other, i, j);
      }
    }
    return slips[one.length()][other.length()];
  }

  private static int least(int[][] slips, String one, String other, int i, int j) {
    int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(slips[i - 1][j - 1] + same, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
  }
}
