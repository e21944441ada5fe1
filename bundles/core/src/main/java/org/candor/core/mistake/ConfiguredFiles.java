package org.candor.core.mistake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.core.settings.Etc;
import org.candor.core.settings.OwnersFile;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration snapshot: all that is configured for Candor: the files of {@code etc/} as they are
 * now, and what Config Admin has without such a file. Not thread-safe.
 */
final class ConfiguredFiles {

  static final String OURS = "org.candor.";

  private static final Logger log = LoggerFactory.getLogger(ConfiguredFiles.class);
  private static final String FILE_NAME = "felix.fileinstall.filename";

  private final Etc etc;
  private final ConfigurationAdmin admin;
  private Map<String, Seen> seen = new HashMap<>();

  ConfiguredFiles(Etc etc, ConfigurationAdmin admin) {
    this.etc = etc;
    this.admin = admin;
  }

  private record Seen(String version, Map<String, String> values) {}

  /** All of them, by name. */
  List<ConfiguredFile> read() {
    Map<String, ConfiguredFile> files = new TreeMap<>();
    configurations().forEach(configuration -> files.put(configuration.name(), configuration));
    Map<String, Seen> now = new HashMap<>();
    for (String name : names()) {
      look(name)
          .ifPresent(
              what -> {
                now.put(name, what);
                files.put(name, new ConfiguredFile(name, what.values()));
              });
    }
    seen = now;
    return List.copyOf(files.values());
  }

  private List<String> names() {
    try {
      return etc.names(OURS);
    } catch (IOException e) {
      log.debug("etc cannot be listed", e);
      return List.of();
    }
  }

  /** While a file is being written, or cannot be read, what it held last counts. */
  private Optional<Seen> look(String name) {
    OwnersFile file = etc.owners(name);
    String version = file.version();
    Optional<Seen> before = Optional.ofNullable(seen.get(name));
    if (before.filter(known -> known.version().equals(version)).isPresent()) {
      return before;
    }
    try {
      return file.spelt().map(values -> new Seen(version, values));
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be read", file.path(), e);
      return before;
    }
  }

  private List<ConfiguredFile> configurations() {
    List<ConfiguredFile> found = new ArrayList<>();
    try {
      Configuration[] all = admin.listConfigurations("(service.pid=" + OURS + "*)");
      for (Configuration configuration : all == null ? new Configuration[0] : all) {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
          found.add(new ConfiguredFile(name(configuration.getPid(), properties), text(properties)));
        }
      }
    } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
      log.debug("Config Admin does not answer", e);
    }
    return found;
  }

  private static String name(String pid, Dictionary<String, Object> properties) {
    if (properties.get(FILE_NAME) instanceof String path) {
      return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", "");
    }
    return pid.replace('~', '-');
  }

  private static Map<String, String> text(Dictionary<String, Object> properties) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Collections.list(properties.keys())
        .forEach(key -> values.put(key, String.valueOf(properties.get(key))));
    return values;
  }
}
