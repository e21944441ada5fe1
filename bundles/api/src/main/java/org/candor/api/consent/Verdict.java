package org.candor.api.consent;

/**
 * Layer decision: what a consent layer answers, and where that is written.
 *
 * @param answer the answer
 * @param why which variable, file and key, or resource says so, and with what value
 * @param target whose setting it is, where the owner can point the layer to another, such as the
 *     API server, namespace and name of a cluster specification: what one target said counts for no
 *     other; empty where there is only one
 */
public record Verdict(LayerAnswer answer, String why, String target) {

  public Verdict(LayerAnswer answer, String why) {
    this(answer, why, "");
  }

  public static Verdict allows(String why) {
    return new Verdict(LayerAnswer.ALLOWS, why);
  }

  public static Verdict forbids(String why) {
    return new Verdict(LayerAnswer.FORBIDS, why);
  }

  public static Verdict silent(String why) {
    return new Verdict(LayerAnswer.SILENT, why);
  }

  /**
   * The layer cannot tell at present.
   *
   * @param why what cannot be read, and for what reason
   */
  public static Verdict unknown(String why) {
    return new Verdict(LayerAnswer.UNKNOWN, why);
  }
}
