package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Machine id: what tells one machine from another: {@code machine-id(5)}. A container has the one
 * of its image or of its host, or a new one with each start, so that it identifies nothing there.
 */
final class MachineId {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CONTAINERS =
      Pattern.compile("docker|kubepods|containerd|libpod|lxc|garden");
  private static final List<String> VARIABLES = List.of("container", "KUBERNETES_SERVICE_HOST");

  private final Path root;
  private final Map<String, String> environment;

  /**
   * @param root of the file system
   */
  MachineId(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = Map.copyOf(environment);
  }

  /** Empty in a container, and where no machine has such an id. */
  Optional<String> machineId() {
    return isContainer()
        ? Optional.empty()
        : text("etc/machine-id").or(() -> text("var/lib/dbus/machine-id"));
  }

  private boolean isContainer() {
    return Files.exists(root.resolve(".dockerenv"))
        || Files.exists(root.resolve("run/.containerenv"))
        || VARIABLES.stream().anyMatch(environment::containsKey)
        || read("proc/1/cgroup").filter(text -> CONTAINERS.matcher(text).find()).isPresent();
  }

  private Optional<String> text(String name) {
    return read(name).map(String::strip).filter(id -> ID.matcher(id).matches());
  }

  private Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(root.resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
