package org.candor.api.control;

import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/** A field that may leave, and through which channel. Components as in {@code report.Field}. */
public record CatalogueEntry(
    String name,
    String channel,
    FieldType type,
    String unit,
    String meaning,
    String why,
    Sensitivity sensitivity,
    String since) {}
