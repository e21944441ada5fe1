package org.candor.control;

/**
 * Who answers.
 *
 * @param way by which way
 * @param by the user's name, or the owner of the file; empty when the way does not know
 * @param address from where, such as an IP address; empty when the way does not know
 */
public record Answerer(Way way, String by, String address) {

  /** Somebody of whom no more than the way is known. */
  public static Answerer unknown(Way way) {
    return new Answerer(way, "", "");
  }
}
