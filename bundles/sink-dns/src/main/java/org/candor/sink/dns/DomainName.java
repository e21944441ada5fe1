package org.candor.sink.dns;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.api.settings.Setting;

/**
 * An absolute name of letters, digits, hyphens and underscores, which every resolver takes: labels
 * of 63 characters and 253 in all at most (RFC 1035, section 2.3.4).
 *
 * @param text in lower case, without the dot at its end
 */
record DomainName(String text) {

  private static final int MOST = 253;
  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

  /** The key {@code zone}; empty for none. */
  static final Setting<Optional<DomainName>> ZONE =
      new Setting<>(
          "zone",
          "a domain such as updates.example.com, or nothing",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(parse(text)));

  /**
   * @throws IllegalArgumentException when it is no such name
   */
  DomainName {
    if (text.length() > MOST || !NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
  }

  /**
   * Reads what a person wrote.
   *
   * @throws IllegalArgumentException when it is no such name, or looks like an IPv4 address
   */
  static DomainName parse(String text) {
    if (ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return new DomainName(lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower);
  }
}
