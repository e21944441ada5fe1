package org.candor.rest.gate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.candor.rest.answer.Refusal;

/**
 * Reads a request's body, up to a limit.
 *
 * @param most bytes
 */
record BodyLimit(int most) {

  // A client that is still sending when its connection is closed never sees the answer.
  private static final long MOST_DRAINED = 4L << 20;

  InputStream read(InputStream body) throws IOException, Refusal {
    byte[] octets = body.readNBytes(most + 1);
    if (octets.length > most) {
      drain(body);
      throw new Refusal(413, "The body has more than " + most + " bytes.");
    }
    return new ByteArrayInputStream(octets);
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
