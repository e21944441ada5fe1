package org.candor.core.told;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.report.Sensitivity;

/**
 * That the owner knows of a field.
 *
 * @param at when the owner was told; empty when the field came with the channel
 * @param sensitivity as it was then
 */
record Told(Optional<Instant> at, Sensitivity sensitivity) {}
