package org.candor.core.told;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FieldCatalogue;
import org.candor.control.Matter;

/**
 * All that the owner of a channel is shown: what it sends, what for, and where to.
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
  public record Part(Place place, FieldCatalogue catalogue) {

    Item item() {
      return new Item(Matter.PLUGIN, place.owner(), ToldFile.name(place.plugin()));
    }
  }

  Item purposeItem() {
    return new Item(Matter.PURPOSE, Place.purposes(channel), purpose.label());
  }

  Item destinationItem() {
    return new Item(Matter.DESTINATION, Place.destinations(channel), ToldFile.name(destination));
  }

  List<Item> items() {
    List<Item> items = new ArrayList<>(List.of(purposeItem(), destinationItem()));
    parts().forEach(part -> items.add(part.item()));
    return items;
  }

  /** Whether all of it is among these. */
  boolean isWhole(List<Item> some) {
    return some.containsAll(items());
  }

  /** What of it is new, in one clause. */
  String text(List<Item> fresh) {
    return isWhole(fresh)
        ? "it is a new channel for "
            + purpose.label()
            + ", and sends to "
            + destinationItem().name()
        : fresh.stream().map(Item::text).collect(Collectors.joining(", "));
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    formatter.ifPresent(parts::add);
    parts.add(sink);
    return parts;
  }
}
