package org.candor.core.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.candor.control.CrashSummary;

/**
 * Paged reading (keyset pagination): the list of crashes, of which only one page is in memory. What
 * comes or goes meanwhile may be in it or not. For one thread.
 */
final class CrashPages implements Iterable<CrashSummary> {

  private static final int PAGE = 50;

  private final CrashLog crashes;
  private final Function<KeptCrash, CrashSummary> summary;

  CrashPages(CrashLog crashes, Function<KeptCrash, CrashSummary> summary) {
    this.crashes = crashes;
    this.summary = summary;
  }

  @Override
  public Iterator<CrashSummary> iterator() {
    return new Pages();
  }

  private final class Pages implements Iterator<CrashSummary> {

    private Iterator<KeptCrash> page = List.<KeptCrash>of().iterator();
    private long below = Long.MAX_VALUE;
    private boolean ended;

    @Override
    public boolean hasNext() {
      if (!page.hasNext() && !ended) {
        turn();
      }
      return page.hasNext();
    }

    private void turn() {
      try {
        List<KeptCrash> next = crashes.page(below, PAGE);
        long lowest = next.stream().mapToLong(KeptCrash::number).filter(n -> n > 0).min().orElse(0);
        ended = lowest == 0;
        below = lowest;
        page = next.iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CrashSummary next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return summary.apply(page.next());
    }
  }
}
