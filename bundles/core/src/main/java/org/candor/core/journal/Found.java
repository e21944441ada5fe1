package org.candor.core.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.candor.api.Bytes;
import org.candor.api.control.JournalEntry;
import org.candor.api.control.JournalPart;
import org.candor.api.control.JournalSearch;

/** Keeps the newest lines that are looked for, while all go by, the oldest first. */
final class Found {

  private final int most;
  private final JournalSearch search;
  private final Deque<JournalEntry> newest = new ArrayDeque<>();
  private long matching;
  private long total;

  Found(int most, JournalSearch search) {
    this.most = most;
    this.search = search;
  }

  void look(Bytes line) {
    total++;
    RecordCodec.decode(line.toArray())
        .map(link -> link.record().entry(link.previous()))
        .filter(search::finds)
        .ifPresent(this::keep);
  }

  private void keep(JournalEntry entry) {
    matching++;
    newest.addLast(entry);
    if (newest.size() > most) {
      newest.removeFirst();
    }
  }

  JournalPart part() {
    return new JournalPart(List.copyOf(newest), matching, total);
  }
}
