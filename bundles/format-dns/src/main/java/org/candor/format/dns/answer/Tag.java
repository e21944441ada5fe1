package org.candor.format.dns.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What stands before an equals sign in an answer, apart from {@code candor}. */
enum Tag {
  PRODUCT,
  VERSION,
  SEVERITY,
  NEWEST,
  URL,
  ISSUED,
  EXPIRES,
  SIGNATURE;

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  static Optional<Tag> of(String word) {
    return Arrays.stream(values()).filter(tag -> tag.word.equalsIgnoreCase(word)).findFirst();
  }
}
