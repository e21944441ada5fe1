package org.candor.core.settings;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where the configuration files are. */
@Component(service = Etc.class)
public final class Etc {

  private final Path directory;
  private final Function<String, ConfigCopy> copies;

  @Activate
  public Etc(BundleContext context, @Reference ConfigurationAdmin admin) {
    this(Path.of(context.getProperty("karaf.etc")), pid -> new AdminCopy(admin, pid));
  }

  /** A directory that nobody but Candor looks at. */
  public Etc(Path directory) {
    this(directory, pid -> ConfigCopy.NONE);
  }

  Etc(Path directory, Function<String, ConfigCopy> copies) {
    this.directory = directory;
    this.copies = copies;
  }

  /** The file of a PID. */
  public ConfigFile file(String pid) {
    return new ConfigFile(directory.resolve(pid + ".cfg"), Clock.systemUTC(), copies.apply(pid));
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
