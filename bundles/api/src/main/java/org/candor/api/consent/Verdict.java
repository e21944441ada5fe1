package org.candor.api.consent;

/**
 * A layer's word and where it was said.
 *
 * @param word the word
 * @param why which variable, file and key, or resource says so, and with what value
 */
public record Verdict(Word word, String why) {

  public static Verdict allows(String why) {
    return new Verdict(Word.ALLOWS, why);
  }

  public static Verdict forbids(String why) {
    return new Verdict(Word.FORBIDS, why);
  }

  public static Verdict silent(String why) {
    return new Verdict(Word.SILENT, why);
  }

  /**
   * The layer cannot tell at present.
   *
   * @param why what cannot be read, and for what reason
   */
  public static Verdict unknown(String why) {
    return new Verdict(Word.UNKNOWN, why);
  }
}
