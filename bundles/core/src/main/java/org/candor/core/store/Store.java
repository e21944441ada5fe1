package org.candor.core.store;

import java.io.IOException;
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

  private final Settings settings = new Settings("etc/" + StoreConfig.PID + ".cfg", log::error);
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

  /** To be called before a file is opened. */
  public void prepare() throws IOException {
    unfinished.finish();
  }

  public StoreSettings settings() {
    return current;
  }
}
