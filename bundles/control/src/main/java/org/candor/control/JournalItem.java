package org.candor.control;

import java.time.Instant;
import java.util.List;

/** An entry of the journal, of whichever kind. */
public sealed interface JournalItem permits JournalEntry, ConsentEntry {

  /** Of the payload, or of the denial or grant. */
  String id();

  /** When it happened. */
  Instant at();

  /** Digest of the entry before; 64 zeros in the first. */
  String previous();

  /** What a search looks in. */
  List<String> texts();
}
