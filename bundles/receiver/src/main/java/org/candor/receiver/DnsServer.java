package org.candor.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves DNS on 127.0.0.1, on one port at a time. Safe for several threads. */
final class DnsServer implements AutoCloseable {

  private final Inbox inbox;
  private final Supplier<String> answer;
  private final Duration retry;
  private Optional<Serving> serving = Optional.empty();
  private Optional<Serving> next = Optional.empty();
  private boolean closed;

  /**
   * @param answer text of the TXT record that every question gets; empty for none
   * @param retry how long to wait before trying a port again that was taken
   */
  DnsServer(Inbox inbox, Supplier<String> answer, Duration retry) {
    this.inbox = inbox;
    this.answer = answer;
    this.retry = retry;
  }

  private record Serving(int wanted, DnsListener listener) {

    /** Waits for its threads, which may be waiting for the lock: not to be called with it. */
    private void close() {
      listener.close();
    }
  }

  /**
   * Serves this port, and no other any more; 0 is any that is free. While it cannot be had, the one
   * of before is served. Does not wait for it.
   */
  void serve(int port) {
    Optional<Serving> given;
    synchronized (this) {
      if (closed || next.or(() -> serving).filter(now -> now.wanted() == port).isPresent()) {
        return;
      }
      given = next;
      next = Optional.empty();
      if (serving.filter(now -> now.wanted() == port).isEmpty()) {
        DnsListener listener = new DnsListener(inbox, answer, port, retry, this::bound);
        next = Optional.of(new Serving(port, listener));
        listener.start();
      }
    }
    given.ifPresent(Serving::close);
  }

  private void bound(DnsListener listener) {
    Optional<Serving> last;
    synchronized (this) {
      if (!isNext(listener)) {
        return;
      }
      last = serving;
      serving = Optional.empty();
    }
    last.ifPresent(Serving::close);
    synchronized (this) {
      if (isNext(listener)) {
        serving = next;
        next = Optional.empty();
      }
    }
  }

  private boolean isNext(DnsListener listener) {
    return next.filter(now -> now.listener() == listener).isPresent();
  }

  /** The port that is being served; empty until there is one. */
  synchronized Optional<Integer> port() {
    return serving.flatMap(now -> now.listener().port());
  }

  /** Frees the port and ends all threads. */
  @Override
  public void close() {
    List<Serving> all;
    synchronized (this) {
      closed = true;
      all = Stream.of(next, serving).flatMap(Optional::stream).toList();
      next = Optional.empty();
      serving = Optional.empty();
    }
    all.forEach(Serving::close);
  }
}
