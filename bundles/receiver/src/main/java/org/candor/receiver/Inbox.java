package org.candor.receiver;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.candor.api.Bytes;

/**
 * Keeps the latest of what was received: at most so many entries and so many bytes of bodies, and
 * at least the last entry. Remembers the ids of more messages than it keeps, as digests.
 */
final class Inbox implements Received {

  static final int MOST_ENTRIES = 1000;
  static final long MOST_BYTES = 64L << 20;
  static final int MOST_IDS = 50_000;

  private final Deque<ReceivedMessage> entries = new ArrayDeque<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private final Clock clock;
  private long bytes;

  Inbox(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param ids of the messages in the body, as far as they have any
   */
  synchronized void add(String channel, Bytes body, Collection<String> ids) {
    int duplicates = (int) ids.stream().filter(id -> !isNew(channel, id)).count();
    entries.add(
        new ReceivedMessage(
            channel, clock.instant().truncatedTo(ChronoUnit.MILLIS), body, duplicates));
    bytes += body.size();
    while (entries.size() > MOST_ENTRIES || (bytes > MOST_BYTES && entries.size() > 1)) {
      bytes -= entries.remove().body().size();
    }
  }

  private boolean isNew(String channel, String id) {
    boolean isNew = seen.add(Bytes.utf8(channel + " " + id).sha256());
    if (seen.size() > MOST_IDS) {
      Iterator<String> oldest = seen.iterator();
      oldest.next();
      oldest.remove();
    }
    return isNew;
  }

  @Override
  public synchronized List<ReceivedMessage> entries() {
    return List.copyOf(entries);
  }
}
