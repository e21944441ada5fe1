package org.candor.api.version;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Semantic version: can be compared by the rules of Semantic Versioning 2.0.0, chapter 11, and
 * tolerant of versions that do not keep them: a {@code v} in front, any count of numbers (those
 * that are missing are 0), zeros in front, and a suffix without a hyphen, such as {@code 2.0rc1},
 * {@code 2.0.0.M3} or {@code 2.0_b1}, which is a pre-release as if it had one. {@code Final},
 * {@code GA} and {@code RELEASE} as such a suffix count for nothing. Equality is that of the
 * comparison.
 *
 * @param numbers without zeros in front, nor zeros as last numbers
 * @param preRelease the identifiers of the suffix; empty for a release
 */
public record SemanticVersion(List<String> numbers, List<String> preRelease)
    implements Comparable<SemanticVersion> {

  private static final int LONGEST = 1000;
  private static final Pattern SHAPE =
      Pattern.compile("[vV]?(\\d++(?:\\.\\d++)*+)([^+]*+)(?:\\+.*+)?", Pattern.DOTALL);
  private static final Set<String> RELEASED = Set.of("", "final", "ga", "release");

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** Reads a version; empty when it does not begin with a number. */
  public static Optional<SemanticVersion> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return text.length() <= LONGEST && matcher.matches()
        ? Optional.of(new SemanticVersion(numbers(matcher.group(1)), preRelease(matcher.group(2))))
        : Optional.empty();
  }

  private static List<String> numbers(String text) {
    List<String> numbers =
        Arrays.stream(text.split("\\.")).map(SemanticVersion::significant).toList();
    int length = numbers.size();
    while (length > 0 && numbers.get(length - 1).equals("0")) {
      length--;
    }
    return List.copyOf(numbers.subList(0, length));
  }

  private static List<String> preRelease(String suffix) {
    boolean proper = suffix.startsWith("-");
    String text =
        suffix.isEmpty() || !".-_~".contains(suffix.substring(0, 1)) ? suffix : suffix.substring(1);
    if (text.isEmpty() || !proper && RELEASED.contains(text.toLowerCase(java.util.Locale.ROOT))) {
      return List.of();
    }
    return Arrays.stream(text.split("\\.", -1)).map(SemanticVersion::significant).toList();
  }

  private static String significant(String identifier) {
    return isNumber(identifier) ? identifier.replaceFirst("^0++(?=.)", "") : identifier;
  }

  private static boolean isNumber(String identifier) {
    return !identifier.isEmpty() && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int byNumbers = compareNumbers(other);
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    return comparePreRelease(other);
  }

  private int compareNumbers(SemanticVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int order = BY_NUMBER.compare(number(i), other.number(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private String number(int index) {
    return index < numbers.size() ? numbers.get(index) : "0";
  }

  private int comparePreRelease(SemanticVersion other) {
    int common = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; i < common; i++) {
      int order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareIdentifiers(String one, String other) {
    if (isNumber(one) && isNumber(other)) {
      return BY_NUMBER.compare(one, other);
    }
    return isNumber(one) == isNumber(other)
        ? one.compareTo(other)
        : Boolean.compare(isNumber(other), isNumber(one));
  }
}
