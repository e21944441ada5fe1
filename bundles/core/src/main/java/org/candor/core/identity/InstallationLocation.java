package org.candor.core.identity;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Location fingerprint: where an installation is, as digests: nobody can read a path or a machine's
 * id in them.
 *
 * @param path of the Karaf's base, links resolved; empty when it was never noted
 * @param machine the machine's id; empty in a container, and where there is none
 */
record InstallationLocation(Optional<String> path, Optional<String> machine) {

  static final Set<String> KEYS = Set.of("path", "machine");

  static InstallationLocation of(Path base, Optional<String> machineId) {
    return new InstallationLocation(
        Optional.of(Ids.digest("org.candor path " + base)),
        machineId.map(id -> Ids.digest("org.candor machine " + id)));
  }

  static InstallationLocation of(Map<String, String> values) {
    return new InstallationLocation(
        Optional.ofNullable(values.get("path")), Optional.ofNullable(values.get("machine")));
  }

  /** Whether this was noted elsewhere; what is not known on either side is no sign of it. */
  boolean isElsewhere(InstallationLocation here) {
    return differ(path, here.path) || differ(machine, here.machine);
  }

  private static boolean differ(Optional<String> noted, Optional<String> now) {
    return noted.isPresent() && now.isPresent() && !noted.equals(now);
  }

  /** This, and of the other what is not known here. */
  InstallationLocation or(InstallationLocation other) {
    return new InstallationLocation(path.or(other::path), machine.or(other::machine));
  }

  SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>();
    path.ifPresent(digest -> values.put("path", digest));
    machine.ifPresent(digest -> values.put("machine", digest));
    return values;
  }
}
