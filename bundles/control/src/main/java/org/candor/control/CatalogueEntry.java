package org.candor.control;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/**
 * A field that may leave, and through which channel. Components as in {@code report.Field}.
 *
 * @param withheldUntil before when it does not leave, since an upgrade added it and the owner was
 *     announced only now; empty when it may leave
 */
public record CatalogueEntry(
    String name,
    String channel,
    FieldType type,
    String unit,
    String meaning,
    String why,
    Sensitivity sensitivity,
    String since,
    Optional<Instant> withheldUntil) {

  /** A field that may leave. */
  public CatalogueEntry(
      String name,
      String channel,
      FieldType type,
      String unit,
      String meaning,
      String why,
      Sensitivity sensitivity,
      String since) {
    this(name, channel, type, unit, meaning, why, sensitivity, since, Optional.empty());
  }
}
