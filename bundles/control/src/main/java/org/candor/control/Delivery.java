package org.candor.control;

import java.time.Instant;
import org.candor.api.sink.Outcome;

/**
 * One attempt to deliver one payload.
 *
 * @param id the payload's
 * @param at when it began
 * @param bytes the payload's size
 * @param outcome how it ended
 * @param answer what the endpoint said, or why it could not be asked
 */
public record Delivery(String id, Instant at, long bytes, Outcome outcome, String answer) {}
