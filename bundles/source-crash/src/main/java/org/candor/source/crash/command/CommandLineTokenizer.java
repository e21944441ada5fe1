package org.candor.source.crash.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Command-line tokenizer: splits a command as a shell splits plain words: at white space, with
 * {@code '…'} and {@code "…"} and with a backslash before a single character. Nothing is expanded;
 * for pipes and variables there is {@code sh -c '…'}.
 */
public final class CommandLineTokenizer {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private CommandLineTokenizer(String text) {
    this.text = text;
  }

  /**
   * The words.
   *
   * @throws IllegalArgumentException when a quote is not closed
   */
  public static List<String> of(String text) {
    return new CommandLineTokenizer(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (Character.isWhitespace(c)) {
        endWord();
        continue;
      }
      inWord = true;
      switch (c) {
        case '\'' -> quoted();
        case '"' -> doubleQuoted();
        case '\\' -> word.append(next());
        default -> word.append(c);
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void quoted() {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    word.append(text, at, end);
    at = end + 1;
  }

  private void doubleQuoted() {
    char c = next();
    while (c != '"') {
      if (c == '\\') {
        char escaped = next();
        if ("\"\\$`".indexOf(escaped) < 0) {
          word.append('\\');
        }
        word.append(escaped);
      } else {
        word.append(c);
      }
      c = next();
    }
  }

  private char next() {
    if (at == text.length()) {
      throw new IllegalArgumentException("a quote or a backslash is not closed");
    }
    return text.charAt(at++);
  }
}
