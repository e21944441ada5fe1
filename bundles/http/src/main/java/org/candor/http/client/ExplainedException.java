package org.candor.http.client;

import java.io.IOException;

/**
 * Already translated: carries what is already a sentence for the administrator through the client
 * as it is.
 */
final class ExplainedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final IOException explanation;

  ExplainedException(IOException explanation, IOException cause) {
    super(explanation.initCause(cause));
    this.explanation = explanation;
  }

  IOException explanation() {
    return explanation;
  }
}
