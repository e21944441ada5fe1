package org.candor.source.karaf;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enables the source of health checks while there is an executor for them. A component that waits
 * for a service that most installations never have would have its bundle shown as waiting for ever.
 * Knows the executor by name only, since its package may be missing.
 */
@Component(
    service = {},
    immediate = true)
public final class HealthCheckSwitch {

  static final String SOURCE = "org.candor.source.karaf.HealthCheckSource";

  private static final Logger log = LoggerFactory.getLogger(HealthCheckSwitch.class);
  private static final String EXECUTOR = "org.apache.felix.hc.api.execution.HealthCheckExecutor";

  private final ServiceTracker<Object, ServiceReference<Object>> executors;

  @Activate
  public HealthCheckSwitch(ComponentContext component, BundleContext context)
      throws InvalidSyntaxException {
    executors =
        new ServiceTracker<>(
            context, context.createFilter("(objectClass=" + EXECUTOR + ")"), null) {
          @Override
          public ServiceReference<Object> addingService(ServiceReference<Object> executor) {
            if (isWired(context)) {
              component.enableComponent(SOURCE);
            }
            return executor;
          }

          @Override
          public void removedService(
              ServiceReference<Object> executor, ServiceReference<Object> same) {
            if (isEmpty()) {
              component.disableComponent(SOURCE);
            }
          }
        };
    executors.open();
  }

  /** The package was there when this bundle was resolved, as it is after any feature:install. */
  private static boolean isWired(BundleContext context) {
    try {
      context.getBundle().loadClass(EXECUTOR);
      return true;
    } catch (ClassNotFoundException e) {
      log.info(
          "Felix health checks came after this bundle was resolved; \"bundle:refresh {}\" has them"
              + " reported too.",
          context.getBundle().getSymbolicName());
      return false;
    }
  }

  @Deactivate
  void close() {
    executors.close();
  }
}
