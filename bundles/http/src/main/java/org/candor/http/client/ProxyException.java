package org.candor.http.client;

import java.io.IOException;

/**
 * What a proxy did instead of passing on. It never tells of the payload, which did not get
 * anywhere.
 */
final class ProxyException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param did completes the sentence that begins with the proxy; holds nothing that the proxy
   *     said, which might be an echo of the credentials
   */
  ProxyException(String did) {
    super(did);
  }

  /** It wants a login: none was given, or not this one. */
  static ProxyException login(ProxyServer proxy) {
    return new ProxyException(
        proxy.login().isPresent()
            ? "does not accept the user and password that it was given"
            : "requires a user and password; write them into its URL, before its host, as in"
                + " USER:PASSWORD@");
  }
}
