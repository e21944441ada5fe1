package org.candor.core.feature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Feature lookup: which feature of this build brings what, whether or not it is installed.
 * Immutable.
 */
public final class Features {

  /** Ends the PID of a file of which there may be several. */
  private static final String SEVERAL = "-NAME";

  private final Map<String, String> table;

  private Features(Map<String, String> table) {
    this.table = table;
  }

  /** Those of this build. */
  public static Features ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream in = Features.class.getResourceAsStream("features.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> table = new TreeMap<>();
    properties.forEach((what, feature) -> table.put(what.toString(), feature.toString()));
    return new Features(table);
  }

  /** What can be had of a feature by its name. */
  public enum Kind {
    FORMATTER("formatter", "format"),
    SINK("sink", "sink");

    private final String label;
    private final String bundle;

    Kind(String label, String bundle) {
      this.label = label;
      this.bundle = bundle;
    }

    /** For people. */
    public String label() {
      return label;
    }

    /** The symbolic name of the bundle of this build that brings it. */
    public String bundle(String name) {
      return "org.candor." + bundle + "." + name;
    }
  }

  /** The feature that brings a formatter or sink. */
  public Optional<String> bringing(Kind kind, String name) {
    return Optional.ofNullable(table.get(kind.label() + "." + name));
  }

  /** The names of all formatters or sinks. */
  public Set<String> names(Kind kind) {
    return below(kind.label() + ".").keySet();
  }

  /** The feature that reads the files of a PID. */
  public Optional<String> reading(String pid) {
    Map<String, String> files = below("file.");
    return Optional.ofNullable(files.get(pid))
        .or(() -> Optional.ofNullable(files.get(several(pid))));
  }

  /** The PIDs of all files. */
  public Set<String> pids() {
    Map<String, String> pids = new TreeMap<>();
    below("file.")
        .forEach(
            (pid, feature) ->
                pids.put(
                    pid.endsWith(SEVERAL) ? pid.substring(0, pid.length() - SEVERAL.length()) : pid,
                    feature));
    return pids.keySet();
  }

  /** Whether there may be several files of a PID, each with a name of its own. */
  public boolean isFactory(String pid) {
    return table.containsKey("file." + several(pid));
  }

  private static String several(String pid) {
    return pid + SEVERAL;
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> found = new TreeMap<>();
    table.forEach(
        (what, feature) -> {
          if (what.startsWith(prefix)) {
            found.put(what.substring(prefix.length()), feature);
          }
        });
    return found;
  }
}
