package org.candor.shell.screen;

import org.apache.karaf.shell.support.ansi.SimpleAnsi;

/** Terminal colour by meaning: all well, something to know, something to repair. */
public enum Colour {
  GREEN(SimpleAnsi.COLOR_GREEN),
  YELLOW(SimpleAnsi.COLOR_YELLOW),
  RED(SimpleAnsi.COLOR_RED),
  DEFAULT(SimpleAnsi.COLOR_DEFAULT);

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The colour of a state, an outcome or a verdict by its label. */
  public static Colour of(String label) {
    return switch (label) {
      case "active", "ok", "delivered", "allows", "allowed" -> GREEN;
      case "grace",
          "unconfigured",
          "waiting",
          "retry",
          "no-sink",
          "no-formatter",
          "interrupted",
          "queued",
          "recommended",
          "forbids" ->
          YELLOW;
      case "failing", "refused", "lost", "required" -> RED;
      default -> DEFAULT;
    };
  }

  /** The sequence that switches to this colour. */
  String code() {
    return code;
  }
}
