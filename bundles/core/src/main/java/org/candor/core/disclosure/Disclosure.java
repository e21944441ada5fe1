package org.candor.core.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FieldCatalogue;
import org.candor.control.Matter;

/**
 * Disclosure: all that the owner of a channel is shown: what it sends, what for, and where to.
 *
 * @param channel its name
 * @param purpose what its data is for
 * @param destination what identifies whom it sends to
 * @param formatter what makes its reports; empty while it is not there
 * @param sink what carries them
 * @param off whether the owner keeps it from sending anyway
 */
public record Disclosure(
    String channel,
    Purpose purpose,
    String destination,
    Optional<Part> formatter,
    Part sink,
    boolean off) {

  /** A formatter or a sink, and what it adds. */
  public record Part(DisclosureKey key, FieldCatalogue catalogue) {

    AnnouncedItem item() {
      return new AnnouncedItem(Matter.PLUGIN, key.owner(), AnnouncedFile.name(key.plugin()));
    }
  }

  AnnouncedItem purposeItem() {
    return new AnnouncedItem(Matter.PURPOSE, DisclosureKey.purposes(channel), purpose.label());
  }

  AnnouncedItem destinationItem() {
    return new AnnouncedItem(
        Matter.DESTINATION, DisclosureKey.destinations(channel), AnnouncedFile.name(destination));
  }

  List<AnnouncedItem> items() {
    List<AnnouncedItem> items = new ArrayList<>(List.of(purposeItem(), destinationItem()));
    parts().forEach(part -> items.add(part.item()));
    return items;
  }

  /** Whether all of it is among these. */
  boolean isWhole(List<AnnouncedItem> some) {
    return some.containsAll(items());
  }

  /** What of it is new, in one clause. */
  String text(List<AnnouncedItem> fresh) {
    return isWhole(fresh)
        ? "it is a new channel for "
            + purpose.label()
            + ", and sends to "
            + destinationItem().name()
        : fresh.stream().map(AnnouncedItem::text).collect(Collectors.joining(", "));
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    formatter.ifPresent(parts::add);
    parts.add(sink);
    return parts;
  }
}
