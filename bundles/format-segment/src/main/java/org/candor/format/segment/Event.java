package org.candor.format.segment;

import java.util.List;
import java.util.Optional;

/**
 * What one track call says, before it is cut into messages.
 *
 * @param name as Segment knows it
 * @param list the property that holds the elements; empty when the event has none
 * @param pieces in the order in which they are distributed
 */
record Event(String name, Optional<String> list, List<Piece> pieces) {

  Event {
    pieces = List.copyOf(pieces);
  }

  static Event plain(String name, List<Piece> pieces) {
    return new Event(name, Optional.empty(), pieces);
  }

  static Event listing(String name, String list, List<Piece> pieces) {
    return new Event(name, Optional.of(list), pieces);
  }
}
