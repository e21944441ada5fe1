package org.candor.format.dns.vendor;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.candor.format.dns.QueryName;

/**
 * The zone that the answers are for.
 *
 * @param name in lower case, without a dot at its end
 * @param nameServers that the zone names as its own, each with a dot at its end
 */
public record Zone(String name, List<String> nameServers) {

  private static final String FIRST_TRY = "localhost.";
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*+");

  /**
   * Checks names.
   *
   * @param zone in any case, with or without a dot at its end
   * @param nameServers outside of the zone, since the zone file has no addresses; when there are
   *     none, {@code localhost} stands there, which will do for a first try
   */
  public static Zone of(String zone, List<String> nameServers) throws VendorException {
    String name = plain(zone);
    if (!isName(name) || name.length() > QueryName.LONGEST_ZONE) {
      throw new VendorException(
          "--zone "
              + zone
              + " is refused; allowed is a domain name of at most "
              + QueryName.LONGEST_ZONE
              + " characters in ASCII, such as upgrade.example.com.");
    }
    for (String server : nameServers) {
      String plain = plain(server);
      if (!isName(plain) || plain.length() > 253 || ("." + plain).endsWith("." + name)) {
        throw new VendorException(
            "--name-server "
                + server
                + " is refused; allowed is a domain name outside of "
                + name
                + ".");
      }
    }
    return new Zone(
        name,
        nameServers.isEmpty()
            ? List.of(FIRST_TRY)
            : nameServers.stream().map(server -> plain(server) + ".").toList());
  }

  /** Whether it names no server that others could ask. */
  public boolean isFirstTry() {
    return nameServers.equals(List.of(FIRST_TRY));
  }

  private static boolean isName(String text) {
    return text.length() <= 253 && NAME.matcher(text).matches();
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
