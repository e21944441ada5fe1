package org.candor.core.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.candor.api.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the present settings of the store; opens nothing itself. */
@Component(service = Store.class, configurationPid = StoreConfig.PID)
@Designate(ocd = StoreConfig.class)
public final class Store {

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private static final String FILE = "etc/" + StoreConfig.PID + ".cfg";

  private final Settings settings = new Settings(FILE, log::error);
  private final Path base;
  private final Unfinished unfinished;
  private volatile StoreSettings current;

  @Activate
  public Store(BundleContext context, @Reference Unfinished unfinished, StoreConfig config) {
    this(Path.of(context.getProperty("karaf.base")), unfinished, config);
  }

  public Store(Path base, Unfinished unfinished, StoreConfig config) {
    this.base = base;
    this.unfinished = unfinished;
    this.current = StoreSettings.read(settings, config, base);
  }

  @Modified
  public void modified(StoreConfig config) {
    current = StoreSettings.read(settings, config, base);
  }

  /**
   * Makes the directory. To be called before a file is opened.
   *
   * @throws IOException when the directory that is set cannot be used, in full sentences; there is
   *     no falling back to the one before, or messages would lie in two places
   */
  public void prepare() throws IOException {
    unfinished.finish();
    Path directory = current.directory();
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
    } catch (IOException e) {
      throw new IOException(
          "%s: directory = %s cannot be used (%s: %s); set a folder that this user can write."
              .formatted(FILE, directory, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  public StoreSettings settings() {
    return current;
  }
}
