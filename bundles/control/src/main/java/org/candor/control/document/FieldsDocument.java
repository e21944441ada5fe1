package org.candor.control.document;

import java.util.List;
import org.candor.control.CatalogueEntry;

/** What may leave. */
public record FieldsDocument(List<CatalogueEntry> fields) {}
