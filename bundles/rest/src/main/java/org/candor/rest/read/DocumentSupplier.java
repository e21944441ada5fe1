package org.candor.rest.read;

import org.candor.rest.response.RefusedRequestException;

/** Supplier of one of the shell's documents. */
@FunctionalInterface
interface DocumentSupplier {

  /**
   * @param name what the path names; empty where it names nothing
   * @return what {@code JsonDocument} can hold
   */
  Object read(String name, Query query) throws RefusedRequestException;
}
