package org.candor.control;

import java.util.List;
import java.util.Optional;

/**
 * What an installation was known by, for the owner's own request to those who hold its data.
 *
 * @param ids the old ids and pseudonyms, as far as there were any
 * @param sentTo where something was sent to under them, as far as the journal went back
 * @param kept what the owner set in {@code etc/org.candor.identity.cfg} and only the owner can
 *     change
 * @param retired the ids that stand in that file and are ignored from now on, until it names others
 * @param newIds the file that holds the new ids; empty when they are generated at the next start
 */
public record Forgotten(
    List<Named> ids,
    List<Destination> sentTo,
    List<Named> kept,
    List<String> retired,
    Optional<String> newIds) {

  public Forgotten {
    ids = List.copyOf(ids);
    sentTo = List.copyOf(sentTo);
    kept = List.copyOf(kept);
    retired = List.copyOf(retired);
  }

  /** A value and what it is called. */
  public record Named(String name, String value) {}

  /** A channel, and an endpoint that it sent to. */
  public record Destination(String channel, String endpoint) {}
}
