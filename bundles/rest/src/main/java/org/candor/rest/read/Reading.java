package org.candor.rest.read;

import org.candor.rest.answer.Refusal;

/** Makes one of the shell's documents. */
@FunctionalInterface
interface Reading {

  /**
   * @param name what the path names; empty where it names nothing
   * @return what {@code JsonDocument} can hold
   */
  Object read(String name, Query query) throws Refusal;
}
