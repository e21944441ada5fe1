package org.candor.core.settings;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundle activator: has {@link KeyCase} look at the configurations of Candor's bundles. No
 * component of Declarative Services, for it has to be there before the first of them gets its
 * configuration.
 */
public final class KeyCaseActivator implements BundleActivator {

  private static final Logger log = LoggerFactory.getLogger(KeyCase.class);
  private static final String OURS = "org.candor.";

  /** Of 0 to 1000: a plugin of these may change what it sees (OSGi Compendium, 104.9). */
  private static final int RANKING = 500;

  @Override
  public void start(BundleContext context) {
    DeclaredKeys declared = new DeclaredKeys(context);
    KeyCase plugin =
        new KeyCase(
            pid -> pid.startsWith(OURS) ? declared.of(pid) : Set.of(),
            (file, what) -> log.warn("{}: {}. Please spell it that way.", file, what));
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(ConfigurationPlugin.CM_RANKING, RANKING);
    context.registerService(ConfigurationPlugin.class, plugin, properties);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes back the service.
  }
}
