package org.candor.source.kubernetes.json;

import java.io.IOException;

/** An answer that is not the JSON that it should be. */
public final class JsonFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  public JsonFormatException(String message) {
    super(message);
  }

  JsonFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
