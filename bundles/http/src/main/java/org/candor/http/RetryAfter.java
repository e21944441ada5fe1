package org.candor.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): a number of seconds, or a date
 * in one of the three forms of section 5.6.7.
 */
final class RetryAfter {

  private static final Duration MOST = Duration.ofHours(24);

  private final Clock clock;

  RetryAfter(Clock clock) {
    this.clock = clock;
  }

  /** The pause asked for, a day at most; empty when the value asks for none or is none. */
  Optional<Duration> pause(String value) {
    String text = value.strip();
    Optional<Duration> asked = text.matches("\\d+") ? Optional.of(seconds(text)) : until(text);
    return asked
        .filter(pause -> !pause.isZero() && !pause.isNegative())
        .map(pause -> pause.compareTo(MOST) > 0 ? MOST : pause);
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private Optional<Duration> until(String date) {
    Instant now = clock.instant();
    return forms(now).stream()
        .flatMap(form -> parse(form, date).stream())
        .findFirst()
        .map(then -> Duration.between(now, then));
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String date) {
    try {
      return Optional.of(form.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<DateTimeFormatter> forms(Instant now) {
    DateTimeFormatter rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(
                ChronoField.YEAR, 2, 2, ZonedDateTime.ofInstant(now, ZoneOffset.UTC).getYear() - 49)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    DateTimeFormatter asctime =
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    return List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850, asctime);
  }
}
