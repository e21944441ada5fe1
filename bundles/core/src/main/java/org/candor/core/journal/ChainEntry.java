package org.candor.core.journal;

import java.time.Instant;
import org.candor.control.JournalItem;

/** Chain entry: what it says, before it has its place in the hash chain. */
sealed interface ChainEntry permits JournalRecord, ConsentChangeRecord {

  /** Of the payload, or of the denial or grant. */
  String id();

  /** When it happened. */
  Instant at();

  /** With its place in the chain. */
  JournalItem entry(String previous);
}
