package org.candor.http.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of others that are installed here. */
public final class Peers {

  private static final List<String> BESIDES = List.of("/usr/sbin", "/sbin");

  private final Map<String, String> environment;

  Peers(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Those of this machine. */
  public static Peers here() {
    return new Peers(System.getenv());
  }

  /** Looks for an executable on the path, in /usr/sbin and in /sbin. */
  public Optional<Path> find(String executable) {
    String[] path = environment.getOrDefault("PATH", "").split(File.pathSeparator);
    return Stream.concat(Arrays.stream(path), BESIDES.stream())
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, executable))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * Says why a test cannot run.
   *
   * @return empty when it can
   * @throws IllegalStateException when none may be skipped
   */
  Optional<String> missing(String... executables) {
    Optional<String> missing =
        Arrays.stream(executables)
            .filter(executable -> find(executable).isEmpty())
            .findFirst()
            .map(executable -> executable + " is not installed");
    missing.ifPresent(this::require);
    return missing;
  }

  /**
   * Fails when nothing may be missing.
   *
   * @throws IllegalStateException with what is missing
   */
  void require(String missing) {
    if ("required".equals(environment.get("CANDOR_PEERS"))) {
      throw new IllegalStateException(missing + ", and CANDOR_PEERS is \"required\"");
    }
  }
}
