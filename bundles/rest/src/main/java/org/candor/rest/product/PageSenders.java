package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import java.util.List;
import org.candor.rest.response.RefusedRequestException;

/**
 * Authorisation of pages in browsers, which are known by where they were served from and by a
 * product's key.
 */
final class PageSenders implements Senders {

  private final Products products;

  PageSenders(Products products) {
    this.products = products;
  }

  @Override
  public List<Product> of(Headers headers) throws RefusedRequestException {
    List<String> origins = headers.getOrDefault("Origin", List.of());
    List<Product> sending =
        products.all().stream()
            .filter(product -> origins.size() == 1 && product.origins().contains(origins.get(0)))
            .toList();
    if (sending.isEmpty()) {
      throw new RefusedRequestException(
          403,
          origins.isEmpty()
              ? "Only web pages may send here without signing in, and they send an Origin."
              : "Pages of "
                  + String.join(", ", origins)
                  + " may not send here; allowed is what origins in an"
                  + " etc/org.candor.rest.product-NAME.cfg names.");
    }
    return sending;
  }

  @Override
  public Product choose(List<Product> sending, String key) throws RefusedRequestException {
    for (Product product : sending) {
      if (product.key().equals(key)) {
        return product;
      }
    }
    if (products.all().stream().anyMatch(product -> product.key().equals(key))) {
      throw new RefusedRequestException(
          403, "The product with this key is not served from this origin.");
    }
    throw new RefusedRequestException(
        401,
        key.isEmpty()
            ? "The product's key is missing: send it as key in the body, or as X-Candor-Key."
            : "No product has this key.");
  }

  @Override
  public boolean takesPlainText() {
    return true;
  }
}
