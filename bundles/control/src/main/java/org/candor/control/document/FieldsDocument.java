package org.candor.api.document;

import java.util.List;
import org.candor.api.control.CatalogueEntry;

/** What may leave. */
public record FieldsDocument(List<CatalogueEntry> fields) {}
