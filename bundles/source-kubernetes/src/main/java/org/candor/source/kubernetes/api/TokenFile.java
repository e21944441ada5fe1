package org.candor.source.kubernetes.api;

import java.nio.file.Path;
import org.candor.api.file.SecretFile;
import org.candor.api.file.UnusableSecretException;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;

/** Reads a bearer token (RFC 6750, section 2.1) from a file, anew each time: tokens rotate. */
final class TokenFile {

  private final Path file;

  TokenFile(Path file) {
    this.file = file;
  }

  /** The value of the header {@code Authorization}. */
  String bearer() throws SourceException {
    String token = read();
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new SourceException(
          FailureReason.FAILED,
          "tokenFile = " + file + " holds no token: expected is a line of printable characters.");
    }
    return "Bearer " + token;
  }

  private String read() throws SourceException {
    try {
      return new SecretFile(file).read();
    } catch (UnusableSecretException e) {
      throw new SourceException(FailureReason.FAILED, "tokenFile = " + file + " " + e.why() + ".");
    }
  }
}
