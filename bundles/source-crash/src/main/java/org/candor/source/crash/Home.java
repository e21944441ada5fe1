package org.candor.source.crash;

import java.nio.file.Path;

/**
 * Where this bundle keeps what must survive a restart, and what relative paths begin at.
 *
 * @param base Karaf's folder
 */
public record Home(Path base) {

  /** Karaf's folder; without Karaf the working directory. */
  static Home ofThisProcess() {
    return new Home(
        Path.of(System.getProperty("karaf.base", System.getProperty("user.dir"))).toAbsolutePath());
  }

  /** This bundle's own folder; not under data, which "bin/karaf clean" empties. */
  public Path own() {
    return base.resolve("var").resolve("candor").resolve("crash");
  }
}
