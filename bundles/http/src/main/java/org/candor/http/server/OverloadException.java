package org.candor.http.server;

import java.io.IOException;

/** Requests hold all the memory that they may hold together; this one can be sent again soon. */
public final class OverloadException extends IOException {

  private static final long serialVersionUID = 1L;

  OverloadException() {
    super("Too many requests are being received.");
  }
}
