package org.candor.receiver;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves DNS on 127.0.0.1, on one port at a time. Safe for several threads. */
final class DnsServer implements AutoCloseable {

  private final Inbox inbox;
  private final Supplier<String> answer;
  private final Duration retry;
  private Optional<Serving> serving = Optional.empty();
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

  private record Serving(int wanted, DnsListener listener) {}

  /** Serves this port, and no other any more; 0 is any that is free. Does not wait for it. */
  synchronized void serve(int port) {
    if (closed || serving.filter(now -> now.wanted() == port).isPresent()) {
      return;
    }
    stop();
    DnsListener listener = new DnsListener(inbox, answer, port, retry);
    serving = Optional.of(new Serving(port, listener));
    listener.start();
  }

  /** The port that is being served; empty until there is one. */
  synchronized Optional<Integer> port() {
    return serving.flatMap(now -> now.listener().port());
  }

  private void stop() {
    serving.map(Serving::listener).ifPresent(DnsListener::close);
    serving = Optional.empty();
  }

  /** Frees the port and ends all threads. */
  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }
}
