package org.candor.api.sink;

/**
 * Whether a sink has all that it needs.
 *
 * @param configured whether it can send
 * @param endpoint where to, without any credential; empty when not known
 * @param advice which key of which file to set; empty when configured
 */
public record SinkState(boolean configured, String endpoint, String advice) {

  public static SinkState ready(String endpoint) {
    return new SinkState(true, endpoint, "");
  }

  public static SinkState unconfigured(String endpoint, String advice) {
    return new SinkState(false, endpoint, advice);
  }
}
