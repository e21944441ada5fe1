package org.candor.core.store;

/** A file holds something that is not whole; the file is to be set aside. */
public class DamagedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    super(message);
  }
}
