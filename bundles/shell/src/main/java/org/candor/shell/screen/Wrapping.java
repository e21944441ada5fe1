package org.candor.shell.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * Line wrapping to a width. Karaf's own table loses the last letter of a word that ends at the
 * margin, and all of a longer word.
 *
 * @param width columns in a line, one at least
 */
record Wrapping(int width) {

  String wrap(String text) {
    if (text.length() <= width) {
      return text;
    }
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return String.join("\n", lines);
  }
}
