package org.candor.core.told;

/**
 * Whose fields are told of.
 *
 * @param channel its name
 * @param plugin what of it: {@code formatter} or {@code sink}, a blank, and its name; a channel
 *     that its owner points to another sink is no upgrade
 */
public record Place(String channel, String plugin) {

  public static Place formatter(String channel, String name) {
    return new Place(channel, "formatter " + name);
  }

  public static Place sink(String channel, String name) {
    return new Place(channel, "sink " + name);
  }
}
