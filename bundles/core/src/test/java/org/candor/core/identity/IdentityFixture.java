package org.candor.core.identity;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import org.candor.core.settings.Etc;
import org.candor.core.store.Unfinished;

/** An identity of given values. */
public final class IdentityFixture {

  private IdentityFixture() {}

  public static Identity identity(Etc etc) {
    return new Identity(
        etc,
        machine(),
        () -> {},
        Runnable::run,
        config(Map.of("clusterId", "cluster", "version", "1.2.3")));
  }

  /** One whose ids Config Admin gives. */
  public static Identity identity(Etc etc, Unfinished unfinished, String cluster, String node) {
    return new Identity(
        etc,
        machine(),
        unfinished,
        Runnable::run,
        config(Map.of("clusterId", cluster, "nodeId", node)));
  }

  /** A machine that is called db1 and runs this as jane. */
  public static Machine machine() {
    return new Machine(Map.of("HOSTNAME", "db1"), "jane", Path.of("no-such-file"));
  }

  static IdentityConfig config(Map<String, String> values) {
    return (IdentityConfig)
        java.lang.reflect.Proxy.newProxyInstance(
            IdentityConfig.class.getClassLoader(),
            new Class<?>[] {IdentityConfig.class},
            (proxy, method, args) ->
                method.getReturnType() == String.class
                    ? values.getOrDefault(method.getName(), "")
                    : Annotation.class);
  }
}
