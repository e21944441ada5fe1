package org.candor.source.karaf;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** A framework at start level 80; its interfaces are too large to write out. */
final class FakeFramework {

  private final List<Bundle> bundles = new ArrayList<>();

  /** A bundle that somebody started. */
  FakeFramework bundle(String name, int state) {
    return bundle(name, state, 0, 80, true, false);
  }

  FakeFramework stoppedBundle(String name) {
    return bundle(name, Bundle.RESOLVED, 0, 80, false, false);
  }

  FakeFramework lazyBundle(String name) {
    return bundle(name, Bundle.STARTING, 0, 80, true, true);
  }

  FakeFramework fragment(String name) {
    return bundle(name, Bundle.RESOLVED, BundleRevision.TYPE_FRAGMENT, 80, true, false);
  }

  /** A bundle that is to start later than what has started so far. */
  FakeFramework laterBundle(String name) {
    return bundle(name, Bundle.RESOLVED, 0, 81, true, false);
  }

  /** A bundle that is uninstalled while it is looked at. */
  FakeFramework goingBundle() {
    bundles.add(bundle("going", Bundle.UNINSTALLED, Map.of()));
    return this;
  }

  BundleContext context() {
    FrameworkStartLevel level = fake(FrameworkStartLevel.class, Map.of("getStartLevel", 80));
    Bundle system = bundle("system", Bundle.ACTIVE, Map.of(FrameworkStartLevel.class, level));
    return fake(
        BundleContext.class,
        Map.of("getBundle", system, "getBundles", bundles.toArray(Bundle[]::new)));
  }

  private FakeFramework bundle(
      String name, int state, int types, int startLevel, boolean wanted, boolean lazy) {
    BundleStartLevel level =
        fake(
            BundleStartLevel.class,
            Map.of(
                "getStartLevel", startLevel,
                "isPersistentlyStarted", wanted,
                "isActivationPolicyUsed", lazy));
    BundleRevision revision = fake(BundleRevision.class, Map.of("getTypes", types));
    Map<Class<?>, Object> adapted =
        Map.of(BundleStartLevel.class, level, BundleRevision.class, revision);
    bundles.add(bundle(name, state, adapted));
    return this;
  }

  private static Bundle bundle(String name, int state, Map<Class<?>, Object> adapted) {
    return proxy(
        Bundle.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getSymbolicName" -> name;
              case "getState" -> state;
              case "adapt" -> adapted.get(arguments[0]);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return proxy(
        type,
        (proxy, method, arguments) -> {
          if (!answers.containsKey(method.getName())) {
            throw new UnsupportedOperationException(method.getName());
          }
          return answers.get(method.getName());
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
