package org.candor.core.disclosure;

/**
 * Composite key: what of a channel is announced together.
 *
 * @param channel its name
 * @param plugin the fields of {@code formatter} or {@code sink}, a blank, and its name; or one of
 *     the lists of what is announced besides fields
 */
public record DisclosureKey(String channel, String plugin) {

  private static final String PURPOSES = "purpose";
  private static final String DESTINATIONS = "destination";
  private static final String PLUGINS = "plugin";

  public static DisclosureKey formatter(String channel, String name) {
    return new DisclosureKey(channel, "formatter " + name);
  }

  public static DisclosureKey sink(String channel, String name) {
    return new DisclosureKey(channel, "sink " + name);
  }

  /** What a channel's data was announced to be for. */
  static DisclosureKey purposes(String channel) {
    return new DisclosureKey(channel, PURPOSES);
  }

  /** Where a channel was announced to send to. */
  static DisclosureKey destinations(String channel) {
    return new DisclosureKey(channel, DESTINATIONS);
  }

  /** Which formatters and sinks a channel was announced to use. */
  static DisclosureKey plugins(String channel) {
    return new DisclosureKey(channel, PLUGINS);
  }

  /** Where it is noted that this formatter or sink was announced. */
  DisclosureKey owner() {
    return plugins(channel);
  }

  /** Whether it is about a formatter's or a sink's fields. */
  boolean isOfFields() {
    return plugin.indexOf(' ') > 0;
  }
}
