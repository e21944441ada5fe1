package org.candor.http.server;

import java.time.Duration;

/**
 * Resource bounds of a listener, so that no client costs another one its answer.
 *
 * @param connections open at a time; each has a thread while it is open
 * @param ofAddress how many of them one address may have (of IPv6, one /64)
 * @param idle how long a connection may stay open on which nothing is asked
 * @param request how long a client may take to send a head, and as long again for the body
 * @param write how long a client may let one write wait
 * @param bodyBytes of requests that are being received and answered, in all
 */
public record ServerLimits(
    int connections,
    int ofAddress,
    Duration idle,
    Duration request,
    Duration write,
    long bodyBytes) {

  private static final long LEAST_BODY_BYTES = 4L << 20;
  private static final long MOST_BODY_BYTES = 64L << 20;
  private static final int SHARE_OF_HEAP = 32;

  public static final ServerLimits USUAL =
      new ServerLimits(
          256,
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Math.min(
              MOST_BODY_BYTES,
              Math.max(LEAST_BODY_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)));
}
