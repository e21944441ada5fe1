package org.candor.core.identity;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an installation is, as digests: nobody can read a path or a machine's id in them.
 *
 * @param path of the Karaf's base, links resolved; empty when it was never noted
 * @param machine the machine's id; empty in a container, and where there is none
 */
record Whereabouts(Optional<String> path, Optional<String> machine) {

  static final Set<String> KEYS = Set.of("path", "machine");

  static Whereabouts of(Path base, Optional<String> machineId) {
    return new Whereabouts(
        Optional.of(Ids.digest("org.candor path " + base)),
        machineId.map(id -> Ids.digest("org.candor machine " + id)));
  }

  static Whereabouts of(Map<String, String> values) {
    return new Whereabouts(
        Optional.ofNullable(values.get("path")), Optional.ofNullable(values.get("machine")));
  }

  /** Whether this was noted elsewhere; what is not known on either side is no sign of it. */
  boolean isElsewhere(Whereabouts here) {
    return differ(path, here.path) || differ(machine, here.machine);
  }

  private static boolean differ(Optional<String> noted, Optional<String> now) {
    return noted.isPresent() && now.isPresent() && !noted.equals(now);
  }

  /** This, and of the other what is not known here. */
  Whereabouts or(Whereabouts other) {
    return new Whereabouts(path.or(other::path), machine.or(other::machine));
  }

  SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>();
    path.ifPresent(digest -> values.put("path", digest));
    machine.ifPresent(digest -> values.put("machine", digest));
    return values;
  }
}
