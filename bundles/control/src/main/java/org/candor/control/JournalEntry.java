package org.candor.control;

import java.time.Instant;
import java.util.List;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;

/**
 * One attempt to send one payload.
 *
 * @param id the payload's; attempts at the same payload share it
 * @param at when the attempt began
 * @param channel whose it was
 * @param purpose what it was for
 * @param allowedBy the consent layer on whose word it left
 * @param bytes the payload's size
 * @param digest SHA-256 of the payload, hexadecimal
 * @param endpoint where it went
 * @param outcome how it ended
 * @param answer what the endpoint said
 * @param previous digest of the entry before; 64 zeros in the first
 */
public record JournalEntry(
    String id,
    Instant at,
    String channel,
    Purpose purpose,
    String allowedBy,
    long bytes,
    String digest,
    String endpoint,
    Outcome outcome,
    String answer,
    String previous)
    implements JournalItem {

  @Override
  public List<String> texts() {
    return List.of(
        id,
        at.toString(),
        channel,
        purpose.label(),
        allowedBy,
        digest,
        endpoint,
        outcome.label(),
        answer);
  }
}
