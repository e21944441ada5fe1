package org.candor.source.storageos.cluster;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Base URL: the URL below which a cluster is asked.
 *
 * @param base http or https, with or without a slash at its end
 */
public record ApiUrl(URI base) {

  /** The URL that these segments of a path, of whatever characters, lead to. */
  public URI at(String... segments) {
    String root = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
    String path =
        Arrays.stream(segments).map(ApiUrl::encoded).collect(Collectors.joining("/", "/", ""));
    return URI.create(root.replaceAll("/+$", "") + path);
  }

  // RFC 3986: all but the unreserved characters are encoded.
  private static String encoded(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      boolean unreserved =
          character < 0x80
              && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0);
      if (unreserved) {
        encoded.append(character);
      } else {
        encoded.append(String.format("%%%02X", octet));
      }
    }
    return encoded.toString();
  }
}
