package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.candor.api.settings.ConfigurationProblem;

/**
 * File-backed setting: the owner's file with the cluster's id. Not thread-safe, except {@link
 * #problems}.
 */
final class ClusterIdFile {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private static final String KEY = "clusterIdFile";
  private static final String ALLOWED = "; allowed is a file that holds an id.";

  private final String config;
  private final Function<String, Path> resolve;
  private final Consumer<String> refuse;
  private Optional<String> refused = Optional.empty();
  private volatile Optional<ConfigurationProblem> problem = Optional.empty();

  /**
   * @param config names the file that names this one, for messages
   * @param resolve finds the path of what the file says
   * @param refuse gets one line when the file cannot be used and an id of before is kept
   */
  ClusterIdFile(String config, Function<String, Path> resolve, Consumer<String> refuse) {
    this.resolve = resolve;
    this.config = config;
    this.refuse = refuse;
  }

  /** Why none could be read the last time; asks no disk. */
  List<ConfigurationProblem> problems() {
    return problem.stream().toList();
  }

  /** The owner names no such file any more. */
  void clear() {
    refused = Optional.empty();
    problem = Optional.empty();
  }

  /**
   * Reads the id.
   *
   * @param name of the file, as it is configured
   * @param known the cluster's id so far, which stays while none can be read
   * @throws IOException when none can be read and none is known
   */
  String read(String name, Optional<String> known) throws IOException {
    try {
      return read(resolve.apply(name), known);
    } catch (InvalidPathException e) {
      String why = "cannot be read: no file can have this name here (" + e.getReason() + ")";
      return known(CONTROL.matcher(name).replaceAll("?"), why, known, e);
    }
  }

  private String read(Path path, Optional<String> known) throws IOException {
    try {
      String id = Files.readString(path).strip();
      if (!id.isEmpty()) {
        clear();
        return id;
      }
    } catch (IOException e) {
      return known(path.toString(), "cannot be read: " + reason(e), known, e);
    }
    return known(path.toString(), "is empty", known, null);
  }

  private String known(String path, String why, Optional<String> known, Exception cause)
      throws IOException {
    String said = config + ": " + KEY + " = " + path + " " + why;
    problem = Optional.of(ConfigurationProblem.of(config, KEY, path, why + ALLOWED));
    if (known.isEmpty()) {
      throw new IOException(said + ALLOWED, cause);
    }
    if (refused.filter(said::equals).isEmpty()) {
      refuse.accept(said + ALLOWED + " The cluster's id stays as it is.");
      refused = Optional.of(said);
    }
    return known.get();
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return e instanceof AccessDeniedException ? "this user may not read it" : e.toString();
  }
}
