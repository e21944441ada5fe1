package org.candor.source.dcos;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.ConsentLayer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The one service that a bundle registers. */
final class Registry {

  private final List<Dictionary<?, ?>> properties = new ArrayList<>();
  private Optional<ConsentLayer> layer = Optional.empty();

  BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                throw new UnsupportedOperationException(method.getName());
              }
              register((ConsentLayer) arguments[1]);
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
            case "unregister" -> unregister();
            default -> throw new UnsupportedOperationException(method.getName());
          }
          return null;
        });
  }

  private synchronized void register(ConsentLayer registered) {
    if (layer.isPresent()) {
      throw new AssertionError("registered twice");
    }
    layer = Optional.of(registered);
  }

  private synchronized void unregister() {
    layer = Optional.empty();
  }

  private synchronized void note(Dictionary<?, ?> now) {
    properties.add(now);
  }

  synchronized Optional<ConsentLayer> layer() {
    return layer;
  }

  synchronized List<Dictionary<?, ?>> properties() {
    return List.copyOf(properties);
  }
}
