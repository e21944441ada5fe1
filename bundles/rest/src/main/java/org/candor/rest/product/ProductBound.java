package org.candor.rest.product;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limit of a product, whoever sends: a page's key and origin can be forged from any number of
 * addresses. Ten seconds' worth may come at once. Thread-safe.
 */
final class ProductBound {

  private static final Duration BURST = Duration.ofSeconds(10);
  private static final int PRODUCTS = 1000;

  private final EventRateLimiter limiter;
  private final FloodWatch floods;

  /**
   * @param nanos {@link System#nanoTime()}
   */
  ProductBound(FloodWatch floods, LongSupplier nanos) {
    this.limiter = new EventRateLimiter(PRODUCTS, BURST, nanos);
    this.floods = floods;
  }

  /**
   * How long its senders have to wait.
   *
   * @return zero when they may send now
   */
  Duration wait(Product product) {
    Duration wait = limiter.wait(product.name(), worth(product));
    if (!wait.isZero()) {
      floods.refused(product);
    }
    return wait;
  }

  /** So many were sent. */
  void spend(Product product, int events) {
    limiter.spend(product.name(), worth(product), events);
  }

  private static long worth(Product product) {
    return product.perSecond() * BURST.toSeconds();
  }
}
