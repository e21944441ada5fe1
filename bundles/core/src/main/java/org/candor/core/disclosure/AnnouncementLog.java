package org.candor.core.disclosure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.api.report.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deduplicated announcements in the log: each thing once, also while it cannot be noted that it
 * was. Not thread-safe.
 */
final class AnnouncementLog {

  private static final Logger log = LoggerFactory.getLogger(AnnouncementLog.class);

  private final Set<List<AnnouncedItem>> items = new HashSet<>();
  private final Set<DisclosureKey> announced = new HashSet<>();

  /**
   * @param fresh what of the channel is new
   * @param grace how long it waits
   */
  void announce(Disclosure disclosure, List<AnnouncedItem> fresh, Instant now, Duration grace) {
    if (!items.add(fresh)) {
      return;
    }
    String channel = disclosure.channel();
    log.warn(
        "{}: announced: {}. {} telemetry:preview {} shows what would be sent; telemetry:enable {}"
            + " accepts it, telemetry:disable {} stops it.",
        channel,
        disclosure.text(fresh),
        disclosure.off()
            ? "It is off, and sends nothing."
            : leaves("Nothing leaves before ", now, grace),
        channel,
        channel,
        channel);
  }

  /**
   * @param key of a plugin that was announced before
   * @param fresh what it can send since
   * @param grace how long these are withheld
   */
  void announce(DisclosureKey key, List<Field> fresh, Instant now, Duration grace) {
    if (!announced.add(key)) {
      return;
    }
    Set<String> since = fresh.stream().map(Field::since).collect(Collectors.toSet());
    log.warn(
        "{}: announced: the {} can send more than before: {}. {} telemetry:fields {}{} says what it"
            + " is and why; telemetry:disable {} stops the channel.",
        key.channel(),
        key.plugin(),
        fresh.stream()
            .map(
                field ->
                    AnnouncedFile.name(field.name()) + " (" + field.sensitivity().label() + ")")
            .collect(Collectors.joining(", ")),
        leaves("It is withheld until ", now, grace),
        key.channel(),
        since.size() == 1 ? " --since " + since.iterator().next() : "",
        key.channel());
  }

  /** All that was announced is noted. */
  void noted() {
    items.clear();
    announced.clear();
  }

  private static String leaves(String before, Instant now, Duration grace) {
    return grace.isZero()
        ? "It is sent from now on, as grace = 0 in etc/org.candor.consent.cfg says."
        : before + now.plus(grace).truncatedTo(ChronoUnit.SECONDS) + ".";
  }
}
