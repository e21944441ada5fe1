package org.candor.core.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the configuration files are. */
@Component(service = {Etc.class, ConfigurationListener.class})
public final class Etc implements ConfigurationListener {

  private static final Logger log = LoggerFactory.getLogger(Etc.class);

  /** Where state goes that cannot be kept in {@code etc/}, whatever the store's directory is. */
  private static final String VAR = "var/candor";

  private static final String CFG = ".cfg";

  private final Path directory;
  private final Path var;
  private final Function<String, ConfigCopy> copies;
  private final Map<String, AdminCopy> listening = new ConcurrentHashMap<>();

  @Activate
  public Etc(BundleContext context, @Reference ConfigurationAdmin admin) {
    this.directory = Path.of(context.getProperty("karaf.etc"));
    this.var = Path.of(context.getProperty("karaf.base")).resolve(VAR);
    this.copies = pid -> listening.computeIfAbsent(pid, key -> new AdminCopy(admin, key));
  }

  /** A directory that nobody but Candor looks at. */
  public Etc(Path directory) {
    this(directory, pid -> ConfigCopy.NONE);
  }

  /** A directory whose files others take copies of. */
  public Etc(Path directory, Function<String, ConfigCopy> copies) {
    this.directory = directory;
    this.var = directory.resolveSibling(VAR);
    this.copies = copies;
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    AdminCopy copy = listening.get(event.getPid());
    if (copy != null) {
      try {
        copy.told();
      } catch (IOException e) {
        log.debug("Config Admin does not tell of {}", event.getPid(), e);
      }
    }
  }

  /** The file of a PID. */
  public ConfigFile file(String pid) {
    return new ConfigFile(directory.resolve(pid + ".cfg"), Clock.systemUTC(), copies.apply(pid));
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
    return new StateFile(directory.resolve(name), var.resolve(name));
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
