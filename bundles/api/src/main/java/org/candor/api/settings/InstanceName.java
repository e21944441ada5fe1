package org.candor.api.settings;

import java.util.Map;

/**
 * The NAME of {@code etc/PID-NAME.cfg}, of which there may be several.
 *
 * @param text for messages and as part of names
 */
public record InstanceName(String text) {

  private static final String FILE_NAME = "felix.fileinstall.filename";
  private static final String ENDING = ".cfg";

  /**
   * Out of a component's own properties: the name of its file as File Install gives it, or else of
   * its instance (OSGi Compendium, 104.3).
   *
   * @param pid of the factory
   */
  public static InstanceName of(String pid, Map<String, Object> properties) {
    String file = String.valueOf(properties.get(FILE_NAME));
    String begin = "/" + pid + "-";
    int at = file.lastIndexOf(begin);
    if (at >= 0 && file.endsWith(ENDING)) {
      return new InstanceName(file.substring(at + begin.length(), file.length() - ENDING.length()));
    }
    String instance = String.valueOf(properties.get("service.pid"));
    return new InstanceName(
        instance.substring(Math.max(instance.lastIndexOf('~'), instance.lastIndexOf('.')) + 1));
  }

  @Override
  public String toString() {
    return text;
  }
}
