package org.candor.rest.gate;

import java.util.Locale;

/**
 * Origin of a request (RFC 6454): where the page came from whose script sends it.
 *
 * @param header the value of {@code Origin}, such as {@code http://127.0.0.1:5705} (RFC 6454)
 */
record Origin(String header) {

  /** Whether the page came from the host that it asks now; a proxy may have spoken TLS to it. */
  boolean isOf(String host) {
    String origin = header.toLowerCase(Locale.ROOT);
    String asked = host.toLowerCase(Locale.ROOT);
    return origin.equals("http://" + withoutPort(asked, ":80"))
        || origin.equals("https://" + withoutPort(asked, ":443"));
  }

  private static String withoutPort(String host, String port) {
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }
}
