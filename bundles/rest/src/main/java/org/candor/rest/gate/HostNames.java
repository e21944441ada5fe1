package org.candor.rest.gate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allow-list of hosts against DNS rebinding: what this machine may be called in a request's {@code
 * Host}: an IP address, {@code localhost}, or one of these names. Any other name is that of a web
 * site that had its name point here, so that a browser takes its scripts for ours (DNS rebinding).
 *
 * @param names in lower case
 */
public record HostNames(Set<String> names) {

  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+?)\\.?(:\\d{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");

  public HostNames {
    names = Set.copyOf(names);
  }

  /**
   * @param header the value of {@code Host}, with or without a port
   */
  boolean allow(String header) {
    Matcher host = HOST.matcher(header.toLowerCase(Locale.ROOT));
    return host.matches()
        && (ADDRESS.matcher(host.group(1)).matches()
            || host.group(1).equals("localhost")
            || names.contains(host.group(1)));
  }
}
