package org.candor.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Recovered data: the named values that are whole in a file that was set aside.
 *
 * @param maps those that were found, by map and key
 */
public record RecoveredValues(Map<String, Map<String, String>> maps) {

  /**
   * Reads them.
   *
   * @param names of the maps
   */
  public static RecoveredValues of(Path aside, Set<String> names, Clock clock) throws IOException {
    Map<String, Map<String, String>> maps = new HashMap<>(SealedMap.scan(aside));
    maps.keySet().retainAll(names);
    StoreFile file = new StoreFile(aside, clock);
    if (file.openReadOnly()) {
      for (String name : names) {
        try {
          // What the map does not hold any more was removed.
          maps.put(name, file.wholeNamed(name));
        } catch (RuntimeException damaged) {
          // What was found without it stays.
        }
      }
      file.close();
    }
    return new RecoveredValues(Map.copyOf(maps));
  }

  /** Puts them into the file that takes its place. */
  public void putInto(StoreFile file) {
    maps.forEach((name, values) -> file.named(name).putAll(values));
  }
}
