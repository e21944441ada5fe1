package org.candor.api.settings;

/**
 * A mistake in a configuration file, until it is mended.
 *
 * @param file such as {@code etc/org.candor.http.cfg}
 * @param key empty when the whole file is meant
 * @param value as it stands there, without control characters; {@code ***} for what may be a
 *     secret; empty when the whole file is meant
 * @param message what is wrong, what is allowed and what is used instead
 */
public record ConfigurationProblem(String file, String key, String value, String message) {

  /** A mistake whose value anybody may see who may see the rest, but for a secret. */
  public static ConfigurationProblem of(String file, String key, String value, String message) {
    return new ConfigurationProblem(file, Shown.plain(key), Shown.of(key, value), message);
  }

  /** The same with a value that nobody may see. */
  public static ConfigurationProblem secret(String file, String key, String message) {
    return new ConfigurationProblem(file, Shown.plain(key), Shown.SECRET, message);
  }

  /** A file that is a mistake as a whole. */
  public static ConfigurationProblem ofFile(String file, String message) {
    return new ConfigurationProblem(file, "", "", message);
  }

  /** Whether a key's value is nobody's business, as that of {@code writeKey} or {@code dsn}. */
  public static boolean isSecret(String key) {
    return Shown.isSecret(key);
  }

  /** As people read it, in one line. */
  @Override
  public String toString() {
    return file + (key.isEmpty() ? "" : ": " + key + " = " + value) + ": " + message;
  }
}
