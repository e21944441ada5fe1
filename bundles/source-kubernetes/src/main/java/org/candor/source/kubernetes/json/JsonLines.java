package org.candor.source.kubernetes.json;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.candor.http.json.JsonFormatException;

/** JSON Lines: JSON documents of a line each, as they come; every line of 8 MiB at most. */
public final class JsonLines {

  private final InputStream in;

  public JsonLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * Waits for the next line that is not empty.
   *
   * @return it; empty at the end
   * @throws EOFException when the end comes in the middle of a line
   */
  public Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = in.read();
    while (octet >= 0) {
      if (octet == '\n') {
        if (line.size() > 0) {
          return Optional.of(line.toByteArray());
        }
      } else {
        line.write(octet);
      }
      if (line.size() > ApiLimits.BYTES) {
        throw new JsonFormatException("a line of more than " + ApiLimits.BYTES + " bytes");
      }
      octet = in.read();
    }
    if (line.size() > 0) {
      throw new EOFException("it ends in the middle of a line");
    }
    return Optional.empty();
  }
}
