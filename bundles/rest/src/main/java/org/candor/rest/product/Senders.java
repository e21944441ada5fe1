package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import java.util.List;
import org.candor.rest.response.RefusedRequestException;

/** Authorisation of event senders: for which product a request may speak. */
interface Senders {

  /**
   * @return the products that the request may be of, one at least
   * @throws RefusedRequestException when there is none
   */
  List<Product> of(Headers headers) throws RefusedRequestException;

  /**
   * @param sending what {@link #of} returned
   * @param key that the request names; empty when it names none
   */
  Product choose(List<Product> sending, String key) throws RefusedRequestException;

  /** Whether the body may be plain text, as pages send it while they are being left. */
  boolean takesPlainText();
}
