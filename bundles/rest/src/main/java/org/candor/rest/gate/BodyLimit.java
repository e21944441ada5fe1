package org.candor.rest.gate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.candor.rest.response.RefusedRequestException;

/**
 * Size limit of request bodies.
 *
 * @param most bytes
 */
record BodyLimit(int most) {

  /** The body, read whole. */
  InputStream read(InputStream body) throws IOException, RefusedRequestException {
    byte[] octets = body.readNBytes(most + 1);
    if (octets.length > most) {
      throw new RefusedRequestException(
          413, "The body has more than " + most + " bytes.", Map.of("Connection", "close"));
    }
    return new ByteArrayInputStream(octets);
  }
}
