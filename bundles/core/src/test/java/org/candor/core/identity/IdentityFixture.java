package org.candor.core.identity;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.candor.core.settings.Etc;

/** An identity of given values. */
public final class IdentityFixture {

  private IdentityFixture() {}

  public static Identity identity(Etc etc) {
    return new Identity(etc, config(Map.of("clusterId", "cluster", "version", "1.2.3")));
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
