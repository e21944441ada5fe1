package org.candor.core.mistake;

import java.util.Map;

/**
 * Configuration snapshot of one file: what is configured under one name.
 *
 * @param name without {@code .cfg}: a PID, or that of a factory with {@code -NAME}
 * @param values by key, as it stands in the file
 */
record ConfiguredFile(String name, Map<String, String> values) {

  /** For people. */
  String file() {
    return "etc/" + name + ".cfg";
  }

  /** The PID, or that of the factory, as File Install reads it out of a file's name. */
  String pid() {
    int end = end();
    return end < 0 ? name : name.substring(0, end);
  }

  /** The part of the name behind a factory's PID, with its hyphen; empty when there is none. */
  String suffix() {
    int end = end();
    return end < 0 ? "" : name.substring(end);
  }

  private int end() {
    int tilde = name.indexOf('~');
    return tilde < 0 ? name.indexOf('-') : tilde;
  }
}
