package org.candor.format.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces distributed over as few messages as their order allows.
 *
 * @param parts at least one
 * @param tooLarge pieces that fit into no message
 */
record Parts(List<List<Piece>> parts, List<Piece> tooLarge) {

  /**
   * @param room bytes that a message has for pieces
   */
  static Parts of(List<Piece> pieces, int room) {
    List<List<Piece>> parts = new ArrayList<>();
    List<Piece> tooLarge = new ArrayList<>();
    List<Piece> part = new ArrayList<>();
    int left = room;
    for (Piece piece : pieces) {
      int size = piece.size();
      if (size > room) {
        tooLarge.add(piece);
        continue;
      }
      if (size > left) {
        parts.add(part);
        part = new ArrayList<>();
        left = room;
      }
      part.add(piece);
      left -= size;
    }
    parts.add(part);
    return new Parts(parts, tooLarge);
  }
}
