package org.candor.http.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads what somebody wrote for a proxy. */
public final class ProxyUrl {

  private ProxyUrl() {}

  /**
   * Reads a URL, or a {@code host:port} that {@code http://} is missing from.
   *
   * @return its scheme in lower case, its host in ASCII; empty for what is no URL either way
   */
  public static Optional<URI> lenient(String value) {
    return strict(value).or(() -> url("http://" + value));
  }

  /** Reads a URL with a scheme and a host; empty for what is none. */
  public static Optional<URI> strict(String value) {
    return url(value).filter(url -> url.getRawAuthority() != null);
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      if (url.getScheme() == null || url.isOpaque()) {
        return Optional.empty();
      }
      if (url.getRawAuthority() == null) {
        return text.startsWith(url.getScheme() + "://") ? Optional.of(url) : Optional.empty();
      }
      Optional<Authority> authority = Authority.of(url).filter(ProxyUrl::somewhere);
      return authority.isPresent() ? Optional.of(plain(url, authority.get())) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean somewhere(Authority authority) {
    return !(authority.host() + authority.port()).isEmpty();
  }

  /** The same URL in a form whose parts {@link URI} finds, as far as there is one. */
  private static URI plain(URI url, Authority authority) throws URISyntaxException {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() != null && scheme.equals(url.getScheme())) {
      return url;
    }
    String raw = url.toString();
    int end = raw.indexOf("//") + 2 + url.getRawAuthority().length();
    String host = authority.host().contains(":") ? "[" + authority.host() + "]" : authority.host();
    return new URI(
        scheme
            + "://"
            + authority.userInfo().map(user -> user.replace("@", "%40") + "@").orElse("")
            + host
            + (authority.port().isEmpty() ? "" : ":" + authority.port())
            + raw.substring(end));
  }
}
