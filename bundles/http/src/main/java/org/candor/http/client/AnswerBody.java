package org.candor.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * The decoded body of an answer. Its failures are already explained, and closing it does not read
 * the rest, which may be endless.
 */
final class AnswerBody extends InputStream {

  private final InputStream encoded;
  private final boolean gzip;
  private final ConnectionScope line;
  private final Function<Exception, IOException> explain;
  private Optional<InputStream> decoded = Optional.empty();
  private Optional<IOException> failure = Optional.empty();
  private boolean whole;

  AnswerBody(
      InputStream encoded,
      boolean gzip,
      ConnectionScope line,
      Function<Exception, IOException> explain) {
    this.encoded = encoded;
    this.gzip = gzip;
    this.line = line;
    this.explain = explain;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      if (decoded.isEmpty()) {
        decoded = Optional.of(gzip ? unzip() : encoded);
      }
      int count = decoded.get().read(target, offset, length);
      whole = whole || count < 0;
      return count;
    } catch (IOException e) {
      IOException explained = explain.apply(e);
      failure = Optional.of(explained);
      throw explained;
    }
  }

  // Nothing at all is a valid body too, whatever the header says about its encoding.
  private InputStream unzip() throws IOException {
    PushbackInputStream peeked = new PushbackInputStream(encoded);
    int first = peeked.read();
    if (first < 0) {
      return InputStream.nullInputStream();
    }
    peeked.unread(first);
    return new GZIPInputStream(peeked, 8192);
  }

  /** Whether this is the exception that a read threw. */
  boolean threw(Exception e) {
    return failure.filter(thrown -> thrown == e).isPresent();
  }

  @Override
  public void close() {
    if (!whole) {
      line.hangUp();
    }
    try {
      decoded.orElse(encoded).close();
    } catch (IOException e) {
      // What was wanted has been read.
    }
  }
}
