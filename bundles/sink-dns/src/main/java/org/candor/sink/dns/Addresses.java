package org.candor.sink.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.candor.api.Deadline;
import org.candor.sink.dns.NoAnswerException.Kind;

/**
 * Finds the addresses of name servers that the owner wrote. An address stands for itself. For a
 * name the system is asked, which nothing can interrupt: on a daemon thread of its own, which the
 * caller stops waiting for when the deadline is cancelled, and which ends with the look-up.
 */
final class Addresses {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LookUp lookUp;

  Addresses(LookUp lookUp) {
    this.lookUp = lookUp;
  }

  /** Asks the system for the addresses of a name; blocks. */
  @FunctionalInterface
  interface LookUp {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * All addresses of the place.
   *
   * @throws NoAnswerException when there is none, or none in time
   */
  List<InetSocketAddress> of(ServerAddress place, Deadline deadline) throws NoAnswerException {
    InetAddress[] addresses =
        place.isLiteral() ? new InetAddress[] {place.literal()} : await(place.host(), deadline);
    return Arrays.stream(addresses)
        .map(address -> new InetSocketAddress(address, place.port()))
        .toList();
  }

  private InetAddress[] await(String host, Deadline deadline) throws NoAnswerException {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    Deadline.Registration cancellation = deadline.onCancel(() -> found.cancel(false));
    try {
      start(host, found);
      Duration left = deadline.remaining();
      Duration time = left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
      return found.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      throw unknown(host);
    } finally {
      cancellation.close();
    }
  }

  private void start(String host, CompletableFuture<InetAddress[]> found) {
    Thread thread = new Thread(null, () -> ask(host, found), "candor-sink-dns-lookup", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Addresses.class.getClassLoader());
    thread.start();
  }

  private void ask(String host, CompletableFuture<InetAddress[]> found) {
    try {
      found.complete(lookUp.addresses(host));
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  private static NoAnswerException unknown(String host) {
    return new NoAnswerException(Kind.UNREACHABLE, "no address is known for the resolver " + host);
  }
}
