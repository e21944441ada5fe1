package org.candor.format.dns.answer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * URL validation: links that an administrator may be shown: they lead to a web page and hide
 * nothing.
 */
public final class WebLink {

  /** The longest link, in characters. */
  public static final int LONGEST = 200;

  /** Completes the sentence "allowed is …". */
  public static final String ALLOWED =
      "a URL that begins with https:// or http://, has a host and no user, and at most "
          + LONGEST
          + " ASCII characters";

  private WebLink() {}

  /** The link; empty when the text is none that may be shown. */
  public static Optional<URI> of(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(character -> character < 0x80)) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
