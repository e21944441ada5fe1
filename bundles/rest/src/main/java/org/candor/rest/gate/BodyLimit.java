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

  // A client that is still sending when its connection is closed never sees the answer.
  private static final long MOST_DRAINED = 4L << 20;

  // Where the next request would begin is not known.
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  InputStream read(InputStream body) throws IOException, RefusedRequestException {
    try {
      return readWhole(body);
    } catch (IndexOutOfBoundsException e) {
      // The JDK's stream counts the bytes of a chunk in an int, which a large size makes negative.
      close(body);
      throw new RefusedRequestException(400, "The body has a chunk that is too long.", CLOSE);
    }
  }

  private InputStream readWhole(InputStream body) throws IOException, RefusedRequestException {
    byte[] octets = body.readNBytes(most + 1);
    if (octets.length > most) {
      drain(body);
      throw new RefusedRequestException(413, "The body has more than " + most + " bytes.");
    }
    return new ByteArrayInputStream(octets);
  }

  // Else the answer's end would have the stream read on, and fail in the same way.
  private static void close(InputStream body) throws IOException {
    try {
      body.close();
    } catch (IndexOutOfBoundsException e) {
      // It counts as closed all the same.
    }
  }

  private static void drain(InputStream rest) throws IOException {
    byte[] scrap = new byte[8192];
    long drained = 0;
    int read = 0;
    while (read >= 0 && drained < MOST_DRAINED) {
      read = rest.read(scrap);
      drained += read;
    }
  }
}
