package org.candor.core.disclosure;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.report.Sensitivity;

/**
 * Announcement: that the owner knows of a field, a purpose, a destination or a plugin.
 *
 * @param at when it was announced; empty when nothing has to be waited for: it came with the first
 *     start, or with its plugin, or was accepted
 * @param sensitivity as it was then
 */
record AnnouncedEntry(Optional<Instant> at, Sensitivity sensitivity) {

  /** Nothing has to be waited for any more. */
  AnnouncedEntry accepted() {
    return new AnnouncedEntry(Optional.empty(), sensitivity);
  }
}
