package org.candor.core.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;

/** Index check: whether all that lies in a map of an open file can be found in it. */
public final class MapCheck {

  private MapCheck() {}

  /**
   * The keys of a map in their order.
   *
   * @param name of the map, for the message
   * @throws DamagedException when they are not in order, or one cannot be found
   */
  public static <K extends Comparable<K>> List<K> keys(String name, MVMap<K, byte[]> map) {
    List<K> keys = new ArrayList<>();
    for (Iterator<K> next = map.keyIterator(null); next.hasNext(); ) {
      K key = next.next();
      boolean inOrder = keys.isEmpty() || keys.get(keys.size() - 1).compareTo(key) < 0;
      if (!inOrder || !map.containsKey(key)) {
        throw new DamagedException("the index of " + name + " is not whole");
      }
      keys.add(key);
    }
    if (keys.size() != map.sizeAsLong()) {
      throw new DamagedException("the index of " + name + " is not whole");
    }
    return keys;
  }
}
