package org.candor.core.consent;

import java.time.Instant;
import java.util.Set;
import org.candor.control.Answerer;

/**
 * Grant: that something was allowed.
 *
 * @param id a UUID
 * @param subject what is allowed
 * @param origin the layer that said so
 * @param answerer who said so
 * @param at when it was said, or seen
 * @param takesBack ids of the denials that it takes back, in whichever place they lie
 * @param waits whether it counts only after another grace period, as what a file says over its own
 *     denial does
 */
record Grant(
    String id,
    Subject subject,
    String origin,
    Answerer answerer,
    Instant at,
    Set<String> takesBack,
    boolean waits) {

  Grant {
    takesBack = Set.copyOf(takesBack);
  }
}
