package org.candor.control;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Words that an entry of the journal must have, each of them somewhere in what it says; upper and
 * lower case are the same.
 *
 * @param words in lower case; none finds everything
 */
public record JournalSearch(List<String> words) {

  /** Finds everything. */
  public static final JournalSearch ALL = new JournalSearch(List.of());

  public JournalSearch {
    words = List.copyOf(words);
  }

  /** The words of a text, which white space parts. */
  public static JournalSearch of(String text) {
    return new JournalSearch(
        Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  /** Whether everything is found. */
  public boolean isAll() {
    return words.isEmpty();
  }

  /** Whether the entry has them all. */
  public boolean finds(JournalItem entry) {
    String text = String.join("\n", entry.texts()).toLowerCase(Locale.ROOT);
    return words.stream().allMatch(text::contains);
  }
}
