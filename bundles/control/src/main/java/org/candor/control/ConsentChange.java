package org.candor.control;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.consent.Purpose;

/**
 * An answer, or another change of what is allowed, as it is on record.
 *
 * @param id of the denial or grant, a UUID
 * @param at when it was given, or seen
 * @param purpose what it is about; empty when it is about one channel
 * @param channel the channel that it is about; empty when it is about a purpose
 * @param from what was answered before, all settings taken together
 * @param to what is answered since
 * @param way by which way it came
 * @param by who gave it; empty when the way does not know
 * @param address from where; empty when the way does not know
 */
public record ConsentChange(
    String id,
    Instant at,
    Optional<Purpose> purpose,
    Optional<String> channel,
    ConsentState from,
    ConsentState to,
    Way way,
    String by,
    String address) {}
