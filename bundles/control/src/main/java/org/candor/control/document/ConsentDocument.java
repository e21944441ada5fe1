package org.candor.api.document;

import java.util.List;
import org.candor.api.control.ConsentChange;

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
