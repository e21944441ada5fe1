package org.candor.core.store;

import java.nio.file.Path;
import org.candor.api.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
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
  private volatile StoreSettings current;

  @Activate
  public Store(BundleContext context, StoreConfig config) {
    this(Path.of(context.getProperty("karaf.base")), config);
  }

  public Store(Path base, StoreConfig config) {
    this.base = base;
    this.current = StoreSettings.read(settings, config, base);
  }

  @Modified
  public void modified(StoreConfig config) {
    current = StoreSettings.read(settings, config, base);
  }

  public StoreSettings settings() {
    return current;
  }
}
