package org.candor.receiver;

import java.io.IOException;

/** Request handler: answers the requests to one path. Safe for several threads. */
interface ReceiverEndpoint {

  /** The only HTTP method that it takes. */
  String method();

  boolean serves(String path);

  /**
   * @throws RejectedRequestException when the request is not in order
   * @throws IOException when the request could not be read to its end
   * @throws InterruptedException when the server is being stopped
   */
  EndpointResponse answer(Request request)
      throws RejectedRequestException, IOException, InterruptedException;
}
