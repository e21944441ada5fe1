package org.candor.sink.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.Bytes;

/**
 * Where envelopes go, and the key that opens it.
 *
 * @param envelopes the address that takes envelopes, without the key
 * @param key the public key of the project
 */
record Dsn(URI envelopes, String key) {

  static final String ALLOWED =
      "https://KEY@HOST/PROJECT as Sentry shows it, with http:// as well, and with a port"
          + " up to 65535 and a path before the project if need be";

  private static final int LAST_PORT = 65_535;

  // The secret is a relic that Sentry itself no longer reads.
  private static final Pattern USER = Pattern.compile("([A-Za-z0-9._~-]+)(:.*)?");
  private static final Pattern PATH = Pattern.compile("(/(?:.*/)?)([A-Za-z0-9._~-]+)/?");

  /** How many hexadecimal digits of a digest are shown. */
  private static final int DIGEST = 16;

  /**
   * @throws IllegalArgumentException when the text is no DSN
   */
  static Dsn parse(String text) {
    URI uri = uri(text);
    Matcher user = USER.matcher(uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo());
    Matcher path = PATH.matcher(uri.getRawPath() == null ? "" : uri.getRawPath());
    if (!("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        || uri.getHost() == null
        || uri.getPort() > LAST_PORT
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !user.matches()
        || !path.matches()) {
      throw new IllegalArgumentException("no DSN");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new Dsn(
        URI.create(
            uri.getScheme()
                + "://"
                + uri.getHost()
                + port
                + path.group(1)
                + "api/"
                + path.group(2)
                + "/envelope/"),
        user.group(1));
  }

  /** As much of a text that may be a DSN as may be shown: what stands behind its key. */
  static String shown(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return text.isEmpty() ? "" : "***";
    }
    return "***" + text.substring(at);
  }

  /**
   * Address, project and a digest of the key, which does not give it away; the same for all
   * spellings of an address.
   */
  String destination() {
    boolean usual =
        envelopes.getPort() < 0
            || envelopes.getPort() == (envelopes.getScheme().equals("https") ? 443 : 80);
    return envelopes.getScheme()
        + "://"
        + envelopes.getHost().toLowerCase(Locale.ROOT)
        + (usual ? "" : ":" + envelopes.getPort())
        + envelopes.getRawPath()
        + ", public key sha256:"
        + Bytes.utf8(key).sha256().substring(0, DIGEST);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return envelopes.toString();
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Its message would show the key.
      throw new IllegalArgumentException("no DSN");
    }
  }
}
