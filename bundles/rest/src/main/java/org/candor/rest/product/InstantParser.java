package org.candor.rest.product;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Parser of ISO 8601 instants. The form in which browsers write them ({@code Date.toISOString}) is
 * read without a formatter, which would cost more than all else that is read of an event.
 */
final class InstantParser {

  private static final String BROWSERS_FORM = "0000-00-00T00:00:00.000Z";

  private InstantParser() {}

  /**
   * @throws java.time.DateTimeException when it is none
   */
  static Instant of(String text) {
    return hasBrowsersForm(text)
        ? LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                number(text, 20, 23) * 1_000_000)
            .toInstant(ZoneOffset.UTC)
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
  }

  private static boolean hasBrowsersForm(String text) {
    if (text.length() != BROWSERS_FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char form = BROWSERS_FORM.charAt(i);
      char next = text.charAt(i);
      if (form == '0' ? next < '0' || next > '9' : next != form) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
