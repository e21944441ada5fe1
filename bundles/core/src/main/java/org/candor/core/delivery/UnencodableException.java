package org.candor.core.delivery;

import java.io.IOException;

/** Encoding failure: a sink cannot make a payload of anything that is queued. */
public final class UnencodableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnencodableException(String sink, Throwable cause) {
    super("The sink " + sink + " cannot make a payload of what is queued: " + cause, cause);
  }
}
