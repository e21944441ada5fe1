package org.candor.source.dcos.signal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files to look at; empty ones are not looked at.
 *
 * @param config dcos-signal's configuration
 * @param extra what is laid over it
 * @param version names the version of DC/OS
 */
public record SignalFiles(Optional<Path> config, Optional<Path> extra, Optional<Path> version) {

  /** As dcos-signal itself reads it. */
  public static final String CONFIG = "/opt/mesosphere/etc/dcos-signal-config.json";

  /** As dcos-signal itself reads it. */
  public static final String EXTRA = "/opt/mesosphere/etc/dcos-signal-extra.json";

  /** As DC/OS writes it. */
  public static final String VERSION = "/opt/mesosphere/etc/dcos-version.json";

  /** The files of dcos-signal's configuration, the one that it lets win last. */
  List<Path> signals() {
    return Stream.of(config, extra).flatMap(Optional::stream).toList();
  }

  List<Path> all() {
    return Stream.of(config, extra, version).flatMap(Optional::stream).toList();
  }

  /** Whether there is anything to look at. */
  public boolean isEmpty() {
    return all().isEmpty();
  }

  /** Whether these are DC/OS's own, so that it is no mistake when they are not there. */
  public boolean isDcosOwn() {
    return Stream.of(CONFIG, EXTRA, VERSION).map(Path::of).toList().containsAll(all());
  }

  /** Names the files that speak of consent. */
  public String target() {
    return signals().stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader:
  // java.lang.runtime.ObjectMethods compares through one method handle, which remembers its type.
  @Override
  public boolean equals(Object other) {
    return other instanceof SignalFiles that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(config, extra, version);
  }
}
