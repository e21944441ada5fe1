package org.candor.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.net.InetAddressUtils;

/**
 * Interruptible DNS look-up: finds the addresses of a host for one exchange. Nothing can interrupt
 * the system's resolver, so it runs on a daemon thread of its own, and the caller stops waiting for
 * it when the line is cut; the thread ends when the system gives the look-up up.
 */
final class HostResolver implements DnsResolver {

  private final Resolver resolver;
  private final ConnectionScope line;

  HostResolver(Resolver resolver, ConnectionScope line) {
    this.resolver = resolver;
    this.line = line;
  }

  /** Asks the system for the addresses of a name; blocks. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
      return InetAddress.getAllByName(host);
    }
    CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    line.onDown(() -> answer.cancel(false));
    if (!answer.isDone()) {
      Thread thread = new Thread(null, () -> ask(host, answer), "candor-http-dns", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(HostResolver.class.getClassLoader());
      thread.start();
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw unknown(host, e.getCause());
    } catch (CancellationException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      line.cut(ConnectionScope.Cut.CANCELLED);
      throw unknown(host, e);
    }
  }

  private static UnknownHostException unknown(String host, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }

  private void ask(String host, CompletableFuture<InetAddress[]> answer) {
    try {
      answer.complete(resolver.addresses(host));
    } catch (UnknownHostException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
