package org.candor.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip at its fastest: what a body repeats, such as the keys of JSON, is found all the same, in a
 * third of the time.
 */
final class QuickGzip extends GZIPOutputStream {

  private static final int BUFFER = 1 << 14;

  QuickGzip(OutputStream out) throws IOException {
    super(out, BUFFER);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
