package org.candor.source.dcos;

import java.util.HashSet;
import java.util.Set;

/**
 * Makes the ids of a list's entries into subjects of facts, which must tell the entries apart: an
 * id that is missing or was there before gets the entry's place in the list, as in {@code #3}.
 */
final class Subjects {

  private final Set<String> taken = new HashSet<>();
  private int place;

  /** The next entry's subject. */
  String of(String id) {
    place++;
    if (!id.isEmpty() && taken.add(id)) {
      return id;
    }
    String subject = id + "#" + place;
    taken.add(subject);
    return subject;
  }
}
