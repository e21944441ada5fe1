package org.candor.api.fact;

/** What a fact says: a text, a count, a measure or a flag. */
public sealed interface Value {

  /** Free or enumerated text. */
  record Text(String text) implements Value {}

  /** A whole number, usually of things. */
  record Count(long count) implements Value {}

  /** A real number, in the unit that the catalogue names. */
  record Measure(double measure) implements Value {}

  /** Yes or no. */
  record Flag(boolean flag) implements Value {}
}
