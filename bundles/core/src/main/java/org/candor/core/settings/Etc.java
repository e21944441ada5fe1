package org.candor.core.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Configuration directory: where the files of {@code etc/} are, and the state files beside them.
 */
@Component(service = Etc.class)
public final class Etc {

  /** Where state goes that cannot be kept in {@code etc/}, whatever the store's directory is. */
  private static final String VAR = "var/candor";

  private static final String CFG = ".cfg";

  private final Path directory;
  private final Path var;

  @Activate
  public Etc(BundleContext context) {
    this.directory = Path.of(context.getProperty("karaf.etc"));
    this.var = Path.of(context.getProperty("karaf.base")).resolve(VAR);
  }

  /** The directory of some Karaf. */
  public Etc(Path directory) {
    this.directory = directory;
    this.var = directory.resolveSibling(VAR);
  }

  /** The names, without {@code .cfg}, of all configuration files that begin so. */
  public List<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(CFG))
          .map(name -> name.substring(0, name.length() - CFG.length()))
          .sorted()
          .toList();
    }
  }

  /** State of Candor's own under this name, in here or where this cannot be written. */
  public StateFile state(String name) {
    return new StateFile(directory.resolve(name), var.resolve(name), false);
  }

  /** As {@link #state}, with a copy there where that can be written too. */
  public StateFile doubledState(String name) {
    return new StateFile(directory.resolve(name), var.resolve(name), true);
  }

  /** The file of a PID, to be read. */
  public OwnersFile owners(String pid) {
    return new OwnersFile(directory.resolve(pid + ".cfg"), Clock.systemUTC());
  }

  /** A file that is no configuration but must outlive the data folder. */
  public Path beside(String name) {
    return directory.resolve(name);
  }

  /** A path of a configuration value, which may be relative to the Karaf's base. */
  public Path resolve(String path) {
    return directory.resolveSibling(path);
  }
}
