package org.candor.core.disclosure;

import org.candor.control.Matter;

/**
 * Something that is announced besides fields.
 *
 * @param matter what kind of thing it is
 * @param place where it is noted
 * @param name its value, as the file has it
 */
record AnnouncedItem(Matter matter, DisclosureKey place, String name) {

  /** For people. */
  String text() {
    return switch (matter) {
      case PURPOSE -> "it is for " + name;
      case DESTINATION -> "it sends to " + name;
      case PLUGIN -> "it uses the " + name;
      case CHANNEL, GRANT -> name;
    };
  }
}
