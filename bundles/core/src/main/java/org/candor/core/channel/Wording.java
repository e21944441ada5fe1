package org.candor.core.channel;

/** How texts of others and numbers become sentences. */
final class Wording {

  private Wording() {}

  /** With a full stop, so that another sentence may follow. */
  static String sentence(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() || stripped.matches("(?s).*[.!?]") ? stripped : stripped + ".";
  }

  /** So many messages wait. */
  static String waiting(long messages) {
    return messages == 1 ? "1 message waits" : messages + " messages wait";
  }

  /** So many messages were erased. */
  static String erased(int messages) {
    return (messages == 1 ? "1 queued message was" : messages + " queued messages were")
        + " erased on the owner's word.";
  }
}
