package org.candor.http.proxy;

/**
 * An entry of {@code NO_PROXY}, split: {@code host:port} or {@code [host]:port}. Whatever is
 * neither is a host as a whole, an IPv6 address above all; brackets without a port stay where they
 * are, and then match nothing.
 *
 * @param port empty when there is none
 */
record HostAndPort(String host, String port) {

  static HostAndPort of(String entry) {
    int colon = entry.lastIndexOf(':');
    if (colon < 0) {
      return new HostAndPort(entry, "");
    }
    String host = entry.substring(0, colon);
    String port = entry.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.indexOf(']') == host.length() - 1;
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean split = (bracketed || !bare.contains(":")) && !(bare + port).matches(".*[\\[\\]].*");
    return split ? new HostAndPort(bare, port) : new HostAndPort(entry, "");
  }
}
