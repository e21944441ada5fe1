package org.candor.api.fact;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that a source saw.
 *
 * @param name what kind of thing; lower case, words joined by dots and hyphens, such as those of
 *     {@link FactNames}
 * @param subject whom it is about, such as a unit's name; empty when there is only one
 * @param value what was seen
 */
public record Fact(String name, String subject, Value value) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

  public Fact {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a fact's name: " + name);
    }
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(value, "value");
  }
}
