package org.candor.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.candor.itest.plugin.NamedPlugins;

/** {@link NamedPlugins} as a single jar of its own, driven by the commands for bundles. */
public final class PluginBundle {

  private final KarafInstance karaf;
  private final String label;
  private final String kinds;
  private final Path jar;

  /**
   * @param label what its plug-ins say they are
   * @param kinds of {@code source}, {@code formatter} and {@code sink}, with spaces between them
   */
  public PluginBundle(KarafInstance karaf, String label, String kinds) {
    this.karaf = karaf;
    this.label = label;
    this.kinds = kinds;
    this.jar = karaf.base().resolve("data/tmp").resolve(name() + ".jar");
  }

  private String name() {
    return NamedPlugins.class.getPackageName() + "." + label;
  }

  public PluginBundle install(int ranking) throws IOException {
    write(ranking, label);
    karaf.run("bundle:install -s " + jar.toUri());
    return this;
  }

  /** A new version, whose plug-ins say something else. */
  public void update(int ranking, String newLabel) throws IOException {
    write(ranking, newLabel);
    karaf.run("bundle:update " + name() + " " + jar.toUri());
  }

  public void stop() throws IOException {
    karaf.run("bundle:stop " + name());
  }

  public void start() throws IOException {
    karaf.run("bundle:start " + name());
  }

  public void uninstall() throws IOException {
    karaf.run("bundle:uninstall " + name());
    Files.delete(jar);
  }

  public boolean isInstalled() {
    return Files.exists(jar);
  }

  private void write(int ranking, String says) throws IOException {
    new TestBundle(
            NamedPlugins.class,
            List.of(),
            Map.of(
                "Bundle-SymbolicName",
                name(),
                "Import-Package",
                "org.candor.api,org.candor.api.fact,org.candor.api.report,org.candor.api.sink,"
                    + "org.candor.api.source,org.osgi.framework",
                "Plugin-Label",
                says,
                "Plugin-Kinds",
                kinds,
                "Plugin-Ranking",
                String.valueOf(ranking)))
        .writeTo(jar);
  }
}
