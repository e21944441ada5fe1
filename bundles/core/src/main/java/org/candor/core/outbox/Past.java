package org.candor.core.outbox;

import java.util.Map;
import java.util.Set;
import org.candor.api.sink.Outcome;

/**
 * Duplicate detection after a restore: what is known of messages that somebody is about to make
 * again, since the outbox may have forgotten that they were made.
 *
 * @param waiting ids of the messages that wait
 * @param outcomes how the newest attempt at each message ended, as far as that may matter
 */
public record Past(Set<String> waiting, Map<String, Outcome> outcomes) {

  /** Whether nothing has to be done any more for a message of this id. */
  public boolean isCaredFor(String id) {
    return waiting.contains(id)
        || switch (outcomes.getOrDefault(id, Outcome.RETRY)) {
          case DELIVERED, REFUSED, WITHDRAWN -> true;
          case RETRY, INTERRUPTED -> false;
        };
  }

  /** Whether bytes may have left under this id, so that others must not. */
  public boolean wasTried(String id) {
    return outcomes.containsKey(id);
  }
}
