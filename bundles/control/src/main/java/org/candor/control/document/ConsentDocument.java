package org.candor.control.document;

import java.util.List;
import org.candor.control.ConsentChange;

/**
 * Changes of what is allowed.
 *
 * @param changes the oldest of them first
 */
public record ConsentDocument(List<ConsentChange> changes) {

  public ConsentDocument {
    changes = List.copyOf(changes);
  }
}
