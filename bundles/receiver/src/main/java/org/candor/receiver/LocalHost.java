package org.candor.receiver;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of this machine against DNS rebinding: a web site whose name points to 127.0.0.1 has a
 * browser read what was received, and is known by the name in {@code Host}.
 */
final class LocalHost {

  private static final Pattern NAMES =
      Pattern.compile("(\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}|localhost)(:\\d{1,5})?");

  private LocalHost() {}

  /**
   * @param header the value of {@code Host}
   */
  static boolean is(String header) {
    return NAMES.matcher(header.toLowerCase(Locale.ROOT)).matches();
  }
}
