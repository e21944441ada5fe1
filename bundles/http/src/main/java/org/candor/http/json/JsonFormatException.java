package org.candor.http.json;

import java.io.IOException;

/** An answer that is no JSON, other JSON than it should be, or JSON beyond the bounds. */
public final class JsonFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and where
   */
  public JsonFormatException(String message) {
    super(message);
  }

  JsonFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
