package org.candor.api.settings;

import java.util.regex.Pattern;

/** How a configured value is shown to people and in logs. */
final class Shown {

  static final String SECRET = "***";

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final Pattern SECRETS =
      Pattern.compile("(?i)key|.*(writekey|apikey|privatekey|dsn|password|passwd|token|secret)");

  private Shown() {}

  /** A value, unless its key says that it is a secret. */
  static String of(String key, String value) {
    return !value.isEmpty() && isSecret(key) ? SECRET : of(value);
  }

  static String of(String value) {
    return masked(plain(value));
  }

  /** Nothing of a value may move a terminal's cursor or begin a line in the log. */
  static String plain(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  static boolean isSecret(String key) {
    return SECRETS.matcher(key.replaceAll("[-_.]", "")).matches();
  }

  /** A URL's user and password are nobody's business; a password may hold anything. */
  private static String masked(String text) {
    return text.replaceAll("^([a-zA-Z][\\w+.-]*:)?(//)?.*@", "$1$2***@");
  }
}
