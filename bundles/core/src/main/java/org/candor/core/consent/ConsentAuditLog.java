package org.candor.core.consent;

import java.io.IOException;
import org.candor.control.ConsentChange;
import org.candor.core.journal.ChainedJournal;

/** Audit log: where changes of consent go on record. */
interface ConsentAuditLog {

  /** Adds a change; on disk when this returns. */
  void append(ConsentChange change) throws IOException;

  /** Whether a change of this id is there already. */
  boolean has(String id) throws IOException;

  static ConsentAuditLog of(ChainedJournal journal) {
    return new ConsentAuditLog() {
      @Override
      public void append(ConsentChange change) throws IOException {
        journal.append(change);
      }

      @Override
      public boolean has(String id) throws IOException {
        return journal.hasChange(id);
      }
    };
  }
}
