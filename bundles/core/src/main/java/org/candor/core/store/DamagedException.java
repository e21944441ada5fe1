package org.candor.core.store;

/** Corruption: a file holds a record that is not whole, and is to be set aside. */
public class DamagedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    super(message);
  }
}
