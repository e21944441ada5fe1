package org.candor.core.journal;

import java.time.Instant;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentEntry;

/** Audit record: a change of what is allowed, before it has its place in the hash chain. */
record ConsentChangeRecord(ConsentChange change) implements ChainEntry {

  @Override
  public String id() {
    return change.id();
  }

  @Override
  public Instant at() {
    return change.at();
  }

  @Override
  public ConsentEntry entry(String previous) {
    return new ConsentEntry(change, previous);
  }
}
