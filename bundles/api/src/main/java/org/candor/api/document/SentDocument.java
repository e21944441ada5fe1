package org.candor.api.document;

import java.util.List;
import org.candor.api.control.JournalEntry;

/** The record of what left, or its newest entries. */
public record SentDocument(List<JournalEntry> entries) {}
