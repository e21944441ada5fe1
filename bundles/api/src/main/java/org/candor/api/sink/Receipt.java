package org.candor.api.sink;

import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint's answer to one payload.
 *
 * @param outcome {@link Outcome#DELIVERED}, {@link Outcome#RETRY} or {@link Outcome#REFUSED}
 * @param answer what the endpoint said, or why it could not be asked; shown to the administrator
 * @param pause how long the endpoint wants to be left alone; may come with any outcome
 */
public record Receipt(Outcome outcome, String answer, Optional<Duration> pause) {

  public static Receipt delivered(String answer) {
    return new Receipt(Outcome.DELIVERED, answer, Optional.empty());
  }

  public static Receipt retry(String answer) {
    return new Receipt(Outcome.RETRY, answer, Optional.empty());
  }

  public static Receipt refused(String answer) {
    return new Receipt(Outcome.REFUSED, answer, Optional.empty());
  }

  /** The same answer with a wish to be left alone. */
  public Receipt pausing(Duration time) {
    return new Receipt(outcome, answer, Optional.of(time));
  }
}
