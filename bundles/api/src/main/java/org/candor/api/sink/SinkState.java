package org.candor.api.sink;

/**
 * Whether a sink has all that it needs.
 *
 * @param configured whether it can send
 * @param endpoint where to, without any credential; empty when not known
 * @param advice which key of which file to set; empty when configured
 * @param destination what identifies whom it sends to, in one line that people read: address,
 *     account or project, and a digest of the key that chooses it, never the key itself. Another
 *     text is another destination: it is announced to the owner, and nothing is sent there before
 *     the owner has had time to object. Empty when not configured
 */
public record SinkState(boolean configured, String endpoint, String advice, String destination) {

  /** A sink whose endpoint says all that identifies the destination. */
  public SinkState(boolean configured, String endpoint, String advice) {
    this(configured, endpoint, advice, configured ? endpoint : "");
  }

  /** A sink whose endpoint says all that identifies the destination. */
  public static SinkState ready(String endpoint) {
    return ready(endpoint, endpoint);
  }

  /** A sink that can send. */
  public static SinkState ready(String endpoint, String destination) {
    return new SinkState(true, endpoint, "", destination);
  }

  public static SinkState unconfigured(String endpoint, String advice) {
    return new SinkState(false, endpoint, advice);
  }
}
