package org.candor.http;

import java.io.IOException;

/** An answer that says no. */
public class HttpStatusException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public HttpStatusException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
