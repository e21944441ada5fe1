package org.candor.source.kubernetes.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;

/** Reads a bearer token (RFC 6750, section 2.1) from a file, anew each time: tokens rotate. */
final class TokenFile {

  private static final int LIMIT = 64 * 1024;

  private final Path file;

  TokenFile(Path file) {
    this.file = file;
  }

  /** The value of the header {@code Authorization}. */
  String bearer() throws SourceException {
    String token = read().strip();
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new SourceException(
          FailureReason.FAILED,
          "tokenFile = " + file + " holds no token: expected is a line of printable characters.");
    }
    return "Bearer " + token;
  }

  private String read() throws SourceException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new SourceException(
          FailureReason.FAILED,
          "tokenFile = " + file + " cannot be read (" + e.getClass().getSimpleName() + ").",
          e);
    }
  }
}
