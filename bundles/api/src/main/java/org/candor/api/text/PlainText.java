package org.candor.api.text;

/**
 * Output sanitization: text of a stranger that may stand in a log, in a terminal and on a page,
 * since every character of it shows as what it is.
 */
public final class PlainText {

  /** The longest name that {@link #is} takes, in characters. */
  public static final int LONGEST = 100;

  private static final int LONGEST_LINE = 500;

  private PlainText() {}

  /** Whether the text is neither empty nor longer than a name, and shows as what it is. */
  public static boolean is(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.equals(text.strip())
        && text.codePoints().allMatch(PlainText::shows);
  }

  /** The text's beginning for a message, with a question mark for each character that hides. */
  public static String excerpt(String text) {
    String beginning = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return beginning
        .codePoints()
        .map(character -> shows(character) ? character : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * The text as one line of 500 characters at most; what hides, and spaces in a row, become one
   * space.
   */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length() && shown.length() <= LONGEST_LINE; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == ' ' || !shows(character)) {
        gap = true;
      } else {
        shown.append(gap && !shown.isEmpty() ? " " : "").appendCodePoint(character);
        gap = false;
      }
    }
    return cut(shown.toString().strip());
  }

  /** The whole text as one line; characters in a row that hide become one space. */
  public static String shown(String text) {
    if (showsAll(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (shows(character)) {
        shown.append(gap ? " " : "").appendCodePoint(character);
        gap = false;
      } else {
        gap = true;
      }
    }
    return shown.append(gap ? " " : "").toString();
  }

  /**
   * JSON text that means the same (RFC 8259, section 7): each character that hides is written as
   * its escape sequence, so that no terminal obeys what a stranger put into a value. Line breaks
   * and tabs between the values stay.
   */
  public static String escaped(String json) {
    if (showsAll(json)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); ) {
      int character = json.codePointAt(i);
      int next = i + Character.charCount(character);
      if (shows(character) || character == '\n' || character == '\t') {
        escaped.appendCodePoint(character);
      } else {
        json.substring(i, next)
            .chars()
            .forEach(half -> escaped.append(String.format("\\u%04x", half)));
      }
      i = next;
    }
    return escaped.toString();
  }

  /** Whether every character shows as what it is. */
  public static boolean showsAll(String text) {
    for (int i = 0; i < text.length(); ) {
      int character = text.charAt(i);
      if (character < ' ' || character >= '\u007f') {
        character = text.codePointAt(i);
        if (!shows(character)) {
          return false;
        }
      }
      i += Character.charCount(character);
    }
    return true;
  }

  private static String cut(String line) {
    if (line.length() <= LONGEST_LINE) {
      return line;
    }
    int end = LONGEST_LINE - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  // Not: controls (a terminal obeys some), formats (some turn the direction of writing, some are
  // invisible), halves of surrogate pairs, what has no meaning, and any space but the common one.
  private static boolean shows(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }
}
