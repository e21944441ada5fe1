package org.candor.http.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What a server read.
 *
 * @param line the request line
 * @param headers as they stood, in their order
 * @param body as it came over the wire
 */
public record Request(String line, List<String> headers, byte[] body) {

  /** The value of a header; empty when there is none. */
  public String header(String name) {
    return headers.stream()
        .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(header -> header.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The body, decompressed. */
  public byte[] unzipped() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
