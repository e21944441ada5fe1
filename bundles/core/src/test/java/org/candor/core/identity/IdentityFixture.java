package org.candor.core.identity;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.candor.core.settings.Etc;
import org.candor.core.store.StartupRecovery;

/** An identity of given values. */
public final class IdentityFixture {

  private IdentityFixture() {}

  public static Identity identity(Etc etc) {
    return identity(etc, () -> {}, Map.of("clusterId", "cluster", "version", "1.2.3"));
  }

  /** One whose ids Config Admin gives. */
  public static Identity identity(
      Etc etc, StartupRecovery unfinished, String cluster, String node) {
    return identity(etc, unfinished, Map.of("clusterId", cluster, "nodeId", node));
  }

  static Identity identity(Etc etc, StartupRecovery unfinished, Map<String, String> values) {
    IdentityFiles files = new IdentityFiles(etc);
    return new Identity(
        etc, machine(), files, installation(etc, files, unfinished), Runnable::run, config(values));
  }

  /** Of the Karaf to which the directory belongs, with the store where it usually is. */
  static CopyDetector installation(Etc etc, IdentityFiles files, StartupRecovery unfinished) {
    Path base = etc.resolve("");
    Path nowhere = base.resolve("no-such-root");
    return new CopyDetector(
        base,
        files,
        unfinished,
        () -> base.resolve("var"),
        new MachineId(nowhere, Map.of()),
        Clock.systemUTC());
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
