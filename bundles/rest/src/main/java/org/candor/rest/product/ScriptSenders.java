package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;
import org.candor.rest.response.RefusedRequestException;

/**
 * Authorisation of scripts that have signed in: they need no origin, and no key where it goes
 * without saying.
 */
final class ScriptSenders implements Senders {

  private static final Product ANY =
      new Product("default", "", Set.of(), new WordPaths(), 1_000_000_000, 1_000_000_000);

  private final Products products;

  ScriptSenders(Products products) {
    this.products = products;
  }

  @Override
  public List<Product> of(Headers headers) {
    List<Product> all = products.all();
    return all.isEmpty() ? List.of(ANY) : all;
  }

  @Override
  public Product choose(List<Product> sending, String key) throws RefusedRequestException {
    if (key.isEmpty() && sending.size() == 1) {
      return sending.get(0);
    }
    return sending.stream()
        .filter(product -> !key.isEmpty() && product.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                key.isEmpty()
                    ? new RefusedRequestException(
                        400,
                        "The product's key is missing, and there are several: send it as key in"
                            + " the body, or as X-Candor-Key.")
                    : new RefusedRequestException(401, "No product has this key."));
  }

  @Override
  public boolean takesPlainText() {
    return false;
  }
}
