package org.candor.format.dns.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a vendor may say about a version. */
public enum Urgency {
  OK,
  RECOMMENDED,
  REQUIRED;

  /** As it stands in an answer and in a file of releases. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In any case. */
  public static Optional<Urgency> of(String word) {
    return Arrays.stream(values())
        .filter(urgency -> urgency.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
