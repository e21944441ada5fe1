package org.candor.core.consent;

import java.time.Instant;
import java.util.Optional;
import org.candor.control.Answerer;

/**
 * Denial: that something was forbidden. It stands until a {@link Grant} names it, whatever becomes
 * of the place that it came from.
 *
 * @param id a UUID
 * @param subject what is forbidden
 * @param origin the layer that said so, which alone can take it back by itself
 * @param answerer who said so
 * @param at when it was said, or seen
 * @param why which file and key, variable or resource said so, for people
 * @param vanished since when its origin does not say so any more
 */
record Denial(
    String id,
    Subject subject,
    String origin,
    Answerer answerer,
    Instant at,
    String why,
    Optional<Instant> vanished) {

  Denial vanished(Instant since) {
    return new Denial(id, subject, origin, answerer, at, why, Optional.of(since));
  }
}
