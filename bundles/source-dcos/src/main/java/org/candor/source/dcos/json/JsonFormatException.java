package org.candor.source.dcos.json;

import java.io.IOException;

/** The bytes are no JSON, other JSON than was expected, or JSON beyond the bounds. */
public class JsonFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and where
   */
  public JsonFormatException(String message) {
    super(message);
  }
}
