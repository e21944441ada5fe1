package org.candor.api.upgrade;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an upgrade at a moment.
 *
 * @param running the version that runs here; empty when nobody set it
 * @param newest the newest version known; empty when none is
 * @param severity what that means here
 * @param url where to read on; empty when nothing said
 * @param from who said so: the endpoint of the channel that asked, such as {@code dns:ZONE via
 *     RESOLVER}; empty when nothing is known, or an older version of Candor learned it
 * @param signed whether the vendor's signature was checked and is right
 * @param checkedAt when that was last confirmed
 */
public record UpgradeNotice(
    String running,
    String newest,
    Severity severity,
    String url,
    String from,
    boolean signed,
    Optional<Instant> checkedAt) {

  /** Whether there is something to tell the administrator. */
  public boolean isNews() {
    return severity == Severity.RECOMMENDED || severity == Severity.REQUIRED;
  }
}
