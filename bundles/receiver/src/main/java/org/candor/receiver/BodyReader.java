package org.candor.receiver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.candor.api.Bytes;

/**
 * Reads a request's body as it was before compression, up to a limit.
 *
 * @param most bytes
 */
record BodyReader(int most) {

  /**
   * @throws RejectedRequestException when it is larger, damaged, or compressed in a way that is not
   *     known
   */
  Bytes read(Request request) throws RejectedRequestException, IOException {
    String encoding = request.header("Content-Encoding").orElse("identity");
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "identity" -> bounded(request.body());
      case "gzip", "x-gzip" -> unzipped(request.body());
      default ->
          throw new RejectedRequestException(
              415, "Content-Encoding " + encoding + " is not known here.");
    };
  }

  private Bytes unzipped(InputStream zipped) throws RejectedRequestException, IOException {
    try {
      return bounded(new GZIPInputStream(zipped));
    } catch (ZipException | EOFException e) {
      throw new RejectedRequestException(400, "The body is not valid gzip: " + e.getMessage());
    }
  }

  private Bytes bounded(InputStream in) throws RejectedRequestException, IOException {
    byte[] body = in.readNBytes(most + 1);
    if (body.length > most) {
      throw new RejectedRequestException(413, "The body has more than " + most + " bytes.");
    }
    return Bytes.copyOf(body);
  }
}
