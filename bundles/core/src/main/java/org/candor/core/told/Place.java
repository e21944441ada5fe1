package org.candor.core.told;

/**
 * What of a channel is announced together.
 *
 * @param channel its name
 * @param plugin the fields of {@code formatter} or {@code sink}, a blank, and its name; or one of
 *     the lists of what is announced besides fields
 */
public record Place(String channel, String plugin) {

  private static final String PURPOSES = "purpose";
  private static final String DESTINATIONS = "destination";
  private static final String PLUGINS = "plugin";

  public static Place formatter(String channel, String name) {
    return new Place(channel, "formatter " + name);
  }

  public static Place sink(String channel, String name) {
    return new Place(channel, "sink " + name);
  }

  /** What a channel's data was announced to be for. */
  static Place purposes(String channel) {
    return new Place(channel, PURPOSES);
  }

  /** Where a channel was announced to send to. */
  static Place destinations(String channel) {
    return new Place(channel, DESTINATIONS);
  }

  /** Which formatters and sinks a channel was announced to use. */
  static Place plugins(String channel) {
    return new Place(channel, PLUGINS);
  }

  /** Where it is noted that this formatter or sink was announced. */
  Place owner() {
    return plugins(channel);
  }

  /** Whether it is about a formatter's or a sink's fields. */
  boolean isOfFields() {
    return plugin.indexOf(' ') > 0;
  }
}
