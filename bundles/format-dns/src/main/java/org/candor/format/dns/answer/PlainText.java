package org.candor.format.dns.answer;

/**
 * Text of a stranger that may stand in a log and on a page: short, and every character of it shows.
 */
public final class PlainText {

  /** The longest product and version, in characters. */
  public static final int LONGEST = 100;

  private PlainText() {}

  /** Whether the text is neither empty nor too long, and shows as what it is. */
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
