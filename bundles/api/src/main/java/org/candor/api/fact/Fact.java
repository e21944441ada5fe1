package org.candor.api.fact;

import java.util.Objects;

/**
 * One thing that a source saw.
 *
 * @param name what kind of thing; lower case, words joined by dots and hyphens, such as those of
 *     {@link FactNames}
 * @param subject whom it is about, such as a unit's name; empty when there is only one
 * @param value what was seen
 */
public record Fact(String name, String subject, Value value) {

  public Fact {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a fact's name: " + name);
    }
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(value, "value");
  }

  /** Without a regular expression, since a fact is made for every part of every event. */
  private static boolean isName(String name) {
    boolean inWord = false;
    for (int i = 0; i < name.length(); i++) {
      char next = name.charAt(i);
      boolean joins = next == '.' || next == '-';
      if (joins ? !inWord : !(next >= 'a' && next <= 'z' || next >= '0' && next <= '9')) {
        return false;
      }
      inWord = !joins;
    }
    return inWord;
  }
}
