package org.candor.format.dns.vendor;

/** Something that the vendor must put right; the message says what. */
public final class VendorException extends Exception {

  private static final long serialVersionUID = 1L;

  VendorException(String message) {
    super(message);
  }

  VendorException(String message, Throwable cause) {
    super(message, cause);
  }
}
