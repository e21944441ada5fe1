package org.candor.core.consent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.candor.control.ConsentChange;

/** A journal in memory. */
final class MemoryRecord implements ConsentAuditLog {

  final List<ConsentChange> changes = new ArrayList<>();
  boolean broken;

  @Override
  public void append(ConsentChange change) throws IOException {
    if (broken) {
      throw new IOException("the disk is full");
    }
    changes.add(change);
  }

  @Override
  public boolean has(String id) {
    return changes.stream().anyMatch(change -> change.id().equals(id));
  }

  ConsentChange last() {
    return changes.get(changes.size() - 1);
  }
}
