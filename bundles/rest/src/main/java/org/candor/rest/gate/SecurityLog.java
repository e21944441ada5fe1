package org.candor.rest.gate;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audit log of who tried to sign in. Karaf writes what goes to {@value #LOGGER} into {@code
 * data/log/security.log}, as it does with its own, without a time of day, and rolls it by size.
 */
final class SecurityLog {

  /** Below Karaf's own logger, so that its appender takes it without further configuration. */
  static final String LOGGER = "audit.candor";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final int LONGEST = 64;

  private final Clock clock;

  SecurityLog(Clock clock) {
    this.clock = clock;
  }

  void failed(String account, String address) {
    LOG.warn(line("Authentication failed", account, address));
  }

  /** Somebody signs in from where that user had not. */
  void succeeded(String account, String address) {
    LOG.info(line("Authentication succeeded", account, address));
  }

  private String line(String what, String account, String address) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS)
        + " "
        + what
        + " - account \""
        + plain(account)
        + "\" - address "
        + address
        + " - way http";
  }

  /** Nothing that ends a line, a quotation, or turns the direction of what follows. */
  private static String plain(String account) {
    StringBuilder plain = new StringBuilder();
    account
        .codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point) || "-_.@+ ".indexOf(point) >= 0) {
                plain.appendCodePoint(point);
              } else {
                plain.append(String.format("\\u%04x", point));
              }
            });
    return plain + (account.codePointCount(0, account.length()) > LONGEST ? "…" : "");
  }
}
