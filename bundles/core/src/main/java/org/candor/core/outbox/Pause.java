package org.candor.core.outbox;

import java.time.Instant;

/**
 * A time to leave an endpoint alone, which holds for no other endpoint.
 *
 * @param endpoint that is left alone
 * @param until when it ends
 * @param yields whether it is a habit of ours, for which nobody who asks has to wait, and no wish
 *     of the endpoint's
 */
public record Pause(String endpoint, Instant until, boolean yields) {}
