package org.candor.receiver;

import java.io.IOException;

/** Answers the requests to one path. Safe for several threads. */
interface Endpoint {

  /** The only HTTP method that it takes. */
  String method();

  boolean serves(String path);

  /**
   * @throws Refusal when the request is not in order
   * @throws IOException when the request could not be read to its end
   * @throws InterruptedException when the server is being stopped
   */
  Answer answer(Request request) throws Refusal, IOException, InterruptedException;
}
