package org.candor.console.asset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Allow-list of static files, by name; anything else is not looked for. Each is read when it is
 * first requested (lazy cache). Thread-safe.
 */
public final class Assets {

  private static final String FOLDER = "/org/candor/console/page/";

  private final Set<String> names;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /**
   * @param names of files in this bundle's folder of pages
   */
  public Assets(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  Optional<Asset> find(String name) throws IOException {
    if (!names.contains(name)) {
      return Optional.empty();
    }
    Asset known = read.get(name);
    if (known == null) {
      known = load(name);
      read.put(name, known);
    }
    return Optional.of(known);
  }

  private static Asset load(String name) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException(FOLDER + name);
      }
      return Asset.of(name, in.readAllBytes());
    }
  }
}
