package org.candor.rest.product;

import java.util.Set;

/**
 * A product whose web page may send events.
 *
 * @param name that the owner gave it
 * @param key that its page names it by; no secret
 * @param origins that its page is served from, as browsers write them
 * @param paths what is kept of a page's path
 * @param perMinute how many events a client may send in a minute
 * @param perSecond how many events all of its pages together may send in a second
 */
record Product(
    String name, String key, Set<String> origins, PagePaths paths, long perMinute, long perSecond) {

  Product {
    origins = Set.copyOf(origins);
  }
}
