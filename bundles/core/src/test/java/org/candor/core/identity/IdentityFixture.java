package org.candor.core.identity;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import org.candor.core.settings.Etc;

/** An identity of given values. */
public final class IdentityFixture {

  private IdentityFixture() {}

  public static Identity identity(Etc etc) {
    return new Identity(etc, machine(), config(Map.of("clusterId", "cluster", "version", "1.2.3")));
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
