package org.candor.core.settings;

import java.nio.file.Path;
import java.time.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Where the configuration files are. */
@Component(service = Etc.class)
public final class Etc {

  private final Path directory;

  @Activate
  public Etc(BundleContext context) {
    this(Path.of(context.getProperty("karaf.etc")));
  }

  public Etc(Path directory) {
    this.directory = directory;
  }

  /** The file of a PID. */
  public ConfigFile file(String pid) {
    return new ConfigFile(directory.resolve(pid + ".cfg"), Clock.systemUTC());
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
