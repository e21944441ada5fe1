package org.candor.source.kubernetes;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.candor.api.consent.ConsentLayer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The one service that a bundle registers. */
final class Registry {

  private final List<Dictionary<?, ?>> properties = new ArrayList<>();
  private ConsentLayer layer;
  private boolean gone;

  BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                throw new UnsupportedOperationException(method.getName());
              }
              layer = (ConsentLayer) arguments[1];
              note((Dictionary<?, ?>) arguments[2]);
              return registration();
            });
  }

  private Object registration() {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {ServiceRegistration.class},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "setProperties" -> note((Dictionary<?, ?>) arguments[0]);
            case "unregister" -> gone = true;
            default -> throw new UnsupportedOperationException(method.getName());
          }
          return null;
        });
  }

  private synchronized void note(Dictionary<?, ?> now) {
    properties.add(now);
    notifyAll();
  }

  ConsentLayer layer() {
    return layer;
  }

  boolean gone() {
    return gone;
  }

  synchronized List<Dictionary<?, ?>> properties() {
    return List.copyOf(properties);
  }
}
