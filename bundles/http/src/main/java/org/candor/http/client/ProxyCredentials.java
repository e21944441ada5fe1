package org.candor.http.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.candor.http.proxy.Authority;

/** Proxy credentials: user and password; its text shows neither. */
record ProxyCredentials(String user, String password) {

  /**
   * Reads the user information of a URL.
   *
   * @return empty when it names no user
   */
  static Optional<ProxyCredentials> of(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return userInfo.isEmpty()
        ? Optional.empty()
        : Optional.of(new ProxyCredentials(Authority.decoded(user), Authority.decoded(password)));
  }

  boolean hasPassword() {
    return !password.isEmpty();
  }

  /** The value of {@code Proxy-Authorization}; RFC 7617, in UTF-8. */
  String basic() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  @Override
  public String toString() {
    return "***";
  }
}
