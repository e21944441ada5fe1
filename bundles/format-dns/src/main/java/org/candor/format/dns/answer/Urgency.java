package org.candor.format.dns.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a vendor may say about a version. */
public enum Urgency {
  OK,
  RECOMMENDED,
  REQUIRED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As it stands in an answer and in a file of releases. */
  public String word() {
    return word;
  }

  /** In any case. */
  public static Optional<Urgency> of(String word) {
    return Arrays.stream(values())
        .filter(urgency -> urgency.word.equalsIgnoreCase(word))
        .findFirst();
  }
}
