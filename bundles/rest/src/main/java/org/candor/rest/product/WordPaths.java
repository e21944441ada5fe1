package org.candor.rest.product;

/**
 * Keeps the parts of a path that are short words of letters, or parameters in brackets; each other
 * part becomes {@code [id]}: numbers, ids, names with dots, addresses.
 */
final class WordPaths implements PagePaths {

  private static final String OTHER = "[id]";
  private static final int LONGEST_WORD = 30;

  @Override
  public String of(String path) {
    String bare = PagePaths.bare(path);
    if (!bare.startsWith("/")) {
      return UNKNOWN;
    }
    StringBuilder kept = new StringBuilder(bare.length());
    int at = 1;
    while (at <= bare.length() && kept.length() <= LONGEST) {
      int slash = bare.indexOf('/', at);
      int end = slash < 0 ? bare.length() : slash;
      if (end > at) {
        kept.append('/').append(isKept(bare, at, end) ? bare.substring(at, end) : OTHER);
      }
      at = end + 1;
    }
    return kept.length() > LONGEST ? UNKNOWN : kept.isEmpty() ? "/" : kept.toString();
  }

  private static boolean isKept(String path, int begin, int end) {
    boolean parameter = path.charAt(begin) == '[' && path.charAt(end - 1) == ']';
    int from = parameter ? begin + 1 : begin;
    int to = parameter ? end - 1 : end;
    if (to <= from || to - from > LONGEST_WORD) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-';
      if (!letter) {
        return false;
      }
    }
    return true;
  }
}
