package org.candor.core.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;

/**
 * Bounded search buffer: keeps the newest entries of a kind that match a search while all pass by,
 * the oldest first.
 */
final class SearchBuffer<E extends JournalItem> {

  private final int most;
  private final Class<E> kind;
  private final JournalSearch search;
  private final Deque<E> newest = new ArrayDeque<>();
  private long matching;
  private long total;

  SearchBuffer(int most, Class<E> kind, JournalSearch search) {
    this.most = most;
    this.kind = kind;
    this.search = search;
  }

  void look(byte[] line) {
    Optional<JournalItem> item = LineCodec.decode(line).map(ChainLink::item);
    // What is damaged may have been of any kind.
    if (item.isPresent() && !kind.isInstance(item.get())) {
      return;
    }
    total++;
    item.map(kind::cast).filter(search::finds).ifPresent(this::keep);
  }

  private void keep(E entry) {
    matching++;
    newest.addLast(entry);
    if (newest.size() > most) {
      newest.removeFirst();
    }
  }

  JournalPart<E> part() {
    return new JournalPart<>(List.copyOf(newest), matching, total);
  }
}
