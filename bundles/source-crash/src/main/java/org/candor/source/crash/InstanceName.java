package org.candor.source.crash;

import java.util.Map;

/** The NAME of {@code etc/org.candor.source.crash-NAME.cfg}. */
final class InstanceName {

  private static final String FILE_NAME = "felix.fileinstall.filename";

  private InstanceName() {}

  /** Out of a configuration's own properties: its file's name, or else its instance's. */
  static String of(Map<String, Object> properties) {
    String file = String.valueOf(properties.get(FILE_NAME));
    String begin = "/" + Config.PID + "-";
    int at = file.lastIndexOf(begin);
    if (at >= 0 && file.endsWith(".cfg")) {
      return file.substring(at + begin.length(), file.length() - ".cfg".length());
    }
    String pid = String.valueOf(properties.get("service.pid"));
    return pid.substring(Math.max(pid.lastIndexOf('~'), pid.lastIndexOf('.')) + 1);
  }
}
