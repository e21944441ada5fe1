package org.candor.source.dcos.json;

/** Escapes in strings that have been checked. */
final class JsonEscapes {

  private JsonEscapes() {}

  static String resolve(String raw) {
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int from = 0;
    while (escape >= 0) {
      text.append(raw, from, escape);
      char kind = raw.charAt(escape + 1);
      from = escape + 2;
      if (kind == 'u') {
        text.append((char) Integer.parseInt(raw, from, from + 4, 16));
        from += 4;
      } else {
        text.append(single(kind));
      }
      escape = raw.indexOf('\\', from);
    }
    return text.append(raw, from, raw.length()).toString();
  }

  private static char single(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }
}
