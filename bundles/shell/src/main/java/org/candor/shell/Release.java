package org.candor.shell;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Semantic version, ordered as https://semver.org (2.0.0) says; numbers that are left out are 0.
 *
 * @param numbers major, minor, patch
 * @param preRelease its identifiers; none for a release
 */
record Release(List<BigInteger> numbers, List<String> preRelease) implements Comparable<Release> {

  static final String ALLOWED = "a version such as 0.1.0";

  private static final Pattern FORMAT =
      Pattern.compile(
          "(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?"
              + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");

  /**
   * @throws IllegalArgumentException when it is none
   */
  static Release of(String text) {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new Release(
        Stream.of(1, 2, 3)
            .map(group -> matcher.group(group) == null ? "0" : matcher.group(group))
            .map(BigInteger::new)
            .toList(),
        matcher.group(4) == null ? List.of() : List.of(matcher.group(4).split("\\.")));
  }

  @Override
  public int compareTo(Release other) {
    for (int i = 0; i < numbers.size(); i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int order = compare(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return preRelease.size() - other.preRelease.size();
  }

  private static int compare(String one, String other) {
    boolean number = one.matches("\\d+");
    if (number && other.matches("\\d+")) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == other.matches("\\d+") ? one.compareTo(other) : number ? -1 : 1;
  }
}
