package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;

/**
 * Lines that end with CR and LF and with nothing else: a CR or LF alone, or another control
 * character but a tab, is refused. For one thread.
 */
final class LineReader {

  private final InputStream in;
  private final int status;
  private int left;

  /**
   * @param most characters of all lines together
   * @param status of who sends more
   */
  LineReader(InputStream in, int most, int status) {
    this.in = in;
    this.left = most;
    this.status = status;
  }

  /**
   * The next line, in ISO 8859-1.
   *
   * @throws BadRequestException when it is not one
   * @throws IOException when the connection ends within it
   */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int octet = octet();
    while (octet != '\r') {
      if (octet < ' ' && octet != '\t' || octet == 0x7f) {
        throw new BadRequestException("A line ends with CR LF and holds no control characters.");
      }
      line.append((char) octet);
      octet = octet();
    }
    if (octet() != '\n') {
      throw new BadRequestException("A line ends with CR LF.");
    }
    return line.toString();
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new IOException("The client has left.");
    }
    if (--left < 0) {
      throw new BadRequestException(status, "This is longer than it may be.");
    }
    return octet;
  }
}
