package org.candor.http;

/** What an endpoint said, in a form that is safe to show: one line, no control characters. */
public final class AnswerText {

  private static final int LIMIT = 500;

  private AnswerText() {}

  /** The text without control characters, and no longer than 500 characters. */
  public static String of(String said) {
    StringBuilder shown = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < said.length() && shown.length() <= LIMIT; ) {
      int character = said.codePointAt(i);
      i += Character.charCount(character);
      if (!isShown(character)) {
        gap = true;
      } else {
        shown.append(gap && !shown.isEmpty() ? " " : "").appendCodePoint(character);
        gap = false;
      }
    }
    String line = shown.toString().strip();
    if (line.length() <= LIMIT) {
      return line;
    }
    int end = LIMIT - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> character != ' ';
    };
  }
}
