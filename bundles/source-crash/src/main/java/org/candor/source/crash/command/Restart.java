package org.candor.source.crash.command;

import java.util.Map;
import org.candor.api.settings.Setting;

/** When a command that ended is started again. */
public enum Restart {
  ON_FAILURE,
  ALWAYS,
  NEVER;

  /** The key of the configuration file. */
  public static final Setting<Restart> SETTING =
      Setting.oneOf("restart", Map.of("on-failure", ON_FAILURE, "always", ALWAYS, "never", NEVER));

  boolean after(boolean failure) {
    return this == ALWAYS || this == ON_FAILURE && failure;
  }
}
