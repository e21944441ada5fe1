package org.candor.core.identity;

import static java.util.Map.entry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.candor.core.settings.UnsettledException;

/**
 * Identity settings: what the owner gives in {@code etc/org.candor.identity.cfg}. The file counts:
 * Config Admin's copy may be older, and survives in the data folder what was changed while Karaf
 * was down. Its copy counts where there is no file, and for a value with a variable, which only
 * File Install replaces. Not thread-safe.
 */
final class IdentitySettings {

  private static final String FILE = "etc/" + IdentityConfig.PID + ".cfg";
  private static final String VARIABLE = "${";

  private final IdentityFiles files;
  private Map<String, String> copy;
  private Optional<Map<String, String>> read = Optional.empty();
  private Optional<String> version = Optional.empty();

  IdentitySettings(IdentityFiles files, IdentityConfig config) {
    this.files = files;
    configure(config);
  }

  /** Takes Config Admin's copy. */
  void configure(IdentityConfig config) {
    copy =
        Map.ofEntries(
            entry(IdentityFiles.CLUSTER_ID, config.clusterId()),
            entry(IdentityFiles.CLUSTER_ID_FILE, config.clusterIdFile()),
            entry(IdentityFiles.NODE_ID, config.nodeId()),
            entry("product", config.product()),
            entry("version", config.version()),
            entry("build", config.build()),
            entry("variant", config.variant()),
            entry("provider", config.provider()),
            entry("platform", config.platform()),
            entry("customerKey", config.customerKey()),
            entry("licenseId", config.licenseId()),
            entry("serverName", config.serverName()),
            entry("loggingUser", config.loggingUser()),
            entry("uiUsers", config.uiUsers()));
  }

  /**
   * Reads the file if it was written since. What it said before counts on while somebody is writing
   * it.
   *
   * @throws IOException when it cannot be read, in full sentences
   */
  void look() throws IOException {
    String now = files.ownersVersion();
    if (version.filter(now::equals).isPresent()) {
      return;
    }
    try {
      read = files.owners();
      version = Optional.of(now);
    } catch (UnsettledException e) {
      if (version.isEmpty()) {
        throw e;
      }
    } catch (IOException e) {
      throw new IOException(FILE + " cannot be read (" + e + "). Let this user read it.", e);
    }
  }

  /** A value, without the white space around it; empty when the owner gives none. */
  String value(String key) {
    String inFile = read.map(values -> values.getOrDefault(key, "")).orElse(VARIABLE);
    return (inFile.contains(VARIABLE) ? copy.getOrDefault(key, "") : inFile).strip();
  }

  /**
   * An id.
   *
   * @throws IOException when it holds a variable that has no value yet
   */
  Optional<String> id(String key) throws IOException {
    String id = value(key);
    String inFile = read.map(values -> values.getOrDefault(key, "").strip()).orElse("");
    if (id.contains(VARIABLE) || id.isEmpty() && inFile.contains(VARIABLE)) {
      throw new IOException(
          "%s: %s = %s has no value; it should hold an id."
              .formatted(FILE, key, inFile.isEmpty() ? id : inFile));
    }
    return Optional.of(id).filter(given -> !given.isEmpty());
  }
}
