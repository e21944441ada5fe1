package org.candor.core.disclosure;

import org.candor.control.Matter;

/**
 * Announced item: something that is announced besides fields.
 *
 * @param matter what kind of thing it is
 * @param key under which it is kept
 * @param name its value, as the file has it
 */
record AnnouncedItem(Matter matter, DisclosureKey key, String name) {

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
