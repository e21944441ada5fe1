package org.candor.shell.screen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Relative time for people, seen from a clock's present: {@code in 12 min}, {@code 3 h ago}. */
public record RelativeTime(Clock clock) {

  private static final Duration TWO_DAYS = Duration.ofDays(2);

  /** The moment; when there is none, what to say instead. */
  public String of(Optional<Instant> moment, String otherwise) {
    return moment.map(this::of).orElse(otherwise);
  }

  public String of(Instant moment) {
    Duration ahead = Duration.between(clock.instant(), moment);
    if (ahead.abs().toSeconds() == 0) {
      return "now";
    }
    return ahead.isNegative() ? amount(ahead.negated()) + " ago" : "in " + amount(ahead);
  }

  private static String amount(Duration time) {
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return time.toMinutes() + " min";
    }
    return time.compareTo(TWO_DAYS) < 0 ? time.toHours() + " h" : time.toDays() + " d";
  }
}
