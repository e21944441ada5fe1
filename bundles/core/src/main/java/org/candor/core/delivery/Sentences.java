package org.candor.core.delivery;

import org.candor.api.text.PlainText;

/** How texts of others and numbers become sentences. */
public final class Sentences {

  private Sentences() {}

  /** With a full stop, so that another sentence may follow, and with nothing that hides. */
  public static String sentence(String text) {
    String stripped = PlainText.shown(text).strip();
    return stripped.isEmpty() || stripped.matches("(?s).*[.!?]") ? stripped : stripped + ".";
  }

  /** So many messages wait. */
  public static String waiting(long messages) {
    return messages == 1 ? "1 message waits" : messages + " messages wait";
  }

  /** So many messages were erased. */
  static String erased(int messages) {
    return (messages == 1 ? "1 queued message was" : messages + " queued messages were")
        + " erased after the owner's denial.";
  }
}
