package org.candor.core.settings;

import java.io.IOException;
import java.util.Map;

/**
 * What the framework took from a configuration file. File Install reads a file some time after it
 * was written, and then writes what it read back into it, whatever the file holds by then. So
 * whoever writes a file makes the copy the same, and begins only when the copy is as the file was.
 */
public interface ConfigCopy {

  /** No framework: whatever is in the file was taken. */
  ConfigCopy NONE =
      new ConfigCopy() {
        @Override
        public boolean agrees(Map<String, String> values) {
          return true;
        }

        @Override
        public boolean holds(Map<String, String> values) {
          return false;
        }

        @Override
        public void take(Map<String, String> values) {
          // There is nothing that could be behind.
        }

        @Override
        public boolean isTold() {
          return true;
        }
      };

  /** Whether the copy holds these values; one with a {@code ${variable}} is not compared. */
  boolean agrees(Map<String, String> values) throws IOException;

  /**
   * Whether there is a copy that holds these values, and where they are empty holds none; one with
   * a {@code ${variable}} is not compared.
   */
  boolean holds(Map<String, String> values) throws IOException;

  /** Makes the copy hold these values, but those with a {@code ${variable}}. */
  void take(Map<String, String> values) throws IOException;

  /** Whether all that listen have been told of what was taken last, and of all before it. */
  boolean isTold();
}
