package org.candor.core.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compression of a line on disk, with a dictionary of what lines have in common. A line that is not
 * compressed begins with a brace.
 */
final class PackedLine {

  private static final byte PACKED = 1;

  /** What comes most often stands last. Never change it: it is needed to read what was written. */
  private static final byte[] DICTIONARY =
      ("The process ended before the answer.version-checkerrorscluster-specsentry-crash"
              + "sentrydnsenvironment\",\"channel\":null,\"from\":\"unset\",\"to\":\"denialgrant"
              + "\",\"way\":\"shellhttp\",\"by\":\"karaf\",\"address\":\"127.0.0.1"
              + "{\"number\":1,\"kind\":\"consent\",\"id\":\"WITHDRAWNREFUSEDINTERRUPTEDRETRY"
              + "0123456789abcdef{\"number\":\"kind\":\"attempt\",\"id\":\"\",\"at\":\"202-0T:00.Z"
              + "\",\"channel\":\"segment\",\"purpose\":\"usage\",\"allowedBy\":\"configuration"
              + "\",\"bytes\":1,\"digest\":\"\",\"endpoint\":\"https://api.segment.io/v1/batch"
              + "\",\"outcome\":\"DELIVERED\",\"answer\":\"200 OK\",\"messages\":[\""
              + "\"],\"previous\":\"\"}")
          .getBytes(StandardCharsets.US_ASCII);

  private PackedLine() {}

  static byte[] pack(byte[] line) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(line);
      deflater.finish();
      byte[] packed = new byte[line.length];
      packed[0] = PACKED;
      int length = deflater.deflate(packed, 1, packed.length - 1);
      return deflater.finished() ? Arrays.copyOf(packed, length + 1) : line;
    } finally {
      deflater.end();
    }
  }

  /** The line; empty when this is none. */
  static byte[] unpack(byte[] packed) {
    if (packed.length == 0 || packed[0] != PACKED) {
      return packed;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(DICTIONARY);
      inflater.setInput(packed, 1, packed.length - 1);
      ByteArrayOutputStream line = new ByteArrayOutputStream(4 * packed.length);
      byte[] part = new byte[1024];
      for (int n = inflater.inflate(part); n > 0; n = inflater.inflate(part)) {
        line.write(part, 0, n);
      }
      return inflater.finished() ? line.toByteArray() : new byte[0];
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
  }
}
