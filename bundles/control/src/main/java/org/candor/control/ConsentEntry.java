package org.candor.control;

import java.time.Instant;
import java.util.List;
import org.candor.api.consent.Purpose;

/**
 * A change of what is allowed, in its place in the journal.
 *
 * @param change what changed
 * @param previous digest of the entry before; 64 zeros in the first
 */
public record ConsentEntry(ConsentChange change, String previous) implements JournalItem {

  @Override
  public String id() {
    return change.id();
  }

  @Override
  public Instant at() {
    return change.at();
  }

  @Override
  public List<String> texts() {
    return List.of(
        "consent",
        id(),
        at().toString(),
        change.purpose().map(Purpose::label).orElse(""),
        change.channel().orElse(""),
        change.from().label(),
        change.to().label(),
        shown(change.to()),
        change.way().label(),
        change.by(),
        change.address());
  }

  /** As the web page and the shell have it. */
  private static String shown(ConsentState state) {
    return switch (state) {
      case GRANT -> "turned on";
      case DENIAL -> "turned off";
      case UNSET -> "no longer answered, not answered";
    };
  }
}
