package org.candor.http.proxy;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between {@code //} and the path of a URL. {@link URI#getHost} knows no host with an
 * underscore or an umlaut in it, and none behind a password with an {@code @}; this does.
 *
 * @param userInfo as it stands there, still encoded
 * @param host without brackets, decoded, in ASCII; may be empty
 * @param port its digits; empty where there is none
 */
public record Authority(Optional<String> userInfo, String host, String port) {

  private static final Pattern PLACE =
      Pattern.compile("(?:\\[([^\\[\\]]*)]|([^\\[\\]:]*))(?::(\\d*))?");

  /**
   * Reads the authority of a URL.
   *
   * @return empty when there is none, or none that makes sense
   */
  public static Optional<Authority> of(URI url) {
    String raw = url.getRawAuthority();
    return raw == null ? Optional.empty() : of(raw);
  }

  static Optional<Authority> of(String raw) {
    int at = raw.lastIndexOf('@');
    Matcher place = PLACE.matcher(raw.substring(at + 1));
    if (!place.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Authority(
              at < 0 ? Optional.empty() : Optional.of(raw.substring(0, at)),
              place.group(1) == null
                  ? ascii(decoded(place.group(2)))
                  : place.group(1).replaceFirst("%25", "%"),
              place.group(3) == null ? "" : place.group(3)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The name as the DNS knows it, by IDNA (RFC 3490); a name that cannot be one stays as it is.
   * What is ASCII already is not touched.
   */
  static String ascii(String host) {
    if (host.chars().allMatch(character -> character < 0x80)) {
      return host;
    }
    try {
      return IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      return host;
    }
  }

  /** Resolves what is written with {@code %}, which a plus sign is not. */
  public static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the user information. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
