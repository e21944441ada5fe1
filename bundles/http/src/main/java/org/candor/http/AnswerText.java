package org.candor.http;

/** What an endpoint said, in a form that is safe to show: one line, no control characters. */
public final class AnswerText {

  private static final int LIMIT = 500;

  private AnswerText() {}

  /** The text without control characters, and no longer than 500 characters. */
  public static String of(String said) {
    String line = said.replaceAll("[\\p{C}\\s\\u2028\\u2029]+", " ").strip();
    if (line.length() <= LIMIT) {
      return line;
    }
    int end = LIMIT - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
