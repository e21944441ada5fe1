package org.candor.http.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * A PEM file of authorities to trust.
 *
 * @param path where it is
 * @param before what comes before the path in messages
 */
record CaFile(String path, String before) {

  /** Where authorities that all calls trust belong. */
  static final String CONFIGURED = "caFile of etc/org.candor.http.cfg";

  private static final int FILE_LIMIT = 8 * 1024 * 1024;

  /** The one that is configured, for all calls. */
  static CaFile configured(String path) {
    return new CaFile(path, "etc/org.candor.http.cfg: caFile = ");
  }

  /** One for a call of its own. */
  static CaFile own(Path path) {
    return new CaFile(path.toString(), "");
  }

  /** It cannot be used. */
  static final class UnusableException extends IOException {

    private static final long serialVersionUID = 1;

    private final String why;

    UnusableException(CaFile file, String why, Exception cause) {
      super(
          file.before
              + file.path
              + " "
              + why
              + "; nothing is sent over https until this is corrected",
          cause);
      this.why = why;
    }

    /** Completes a sentence that begins with the file. */
    String why() {
      return why;
    }
  }

  /** Reads it for nothing but to see whether it can be used. */
  void check() throws IOException {
    certificates(read());
  }

  /** The content, 8 MB at most. */
  byte[] read() throws IOException {
    byte[] pem;
    try {
      if (isPipe(Path.of(path))) {
        throw unusable("is not a file", null);
      }
    } catch (InvalidPathException e) {
      throw unusable("cannot be read (" + e.getMessage() + ")", e);
    }
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      pem = in.readNBytes(FILE_LIMIT + 1);
    } catch (NoSuchFileException e) {
      throw unusable("does not exist", e);
    } catch (AccessDeniedException e) {
      throw unusable("may not be read by this process", e);
    } catch (IOException | InvalidPathException e) {
      throw unusable("cannot be read (" + e.getMessage() + ")", e);
    }
    if (pem.length > FILE_LIMIT) {
      throw unusable("is larger than 8 MB", null);
    }
    return pem;
  }

  /** Whoever opens one waits until somebody writes to it. */
  private static boolean isPipe(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /** The certificates of the content. */
  Collection<? extends Certificate> certificates(byte[] pem) throws IOException {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (read.isEmpty()) {
        throw unusable("holds no certificate", null);
      }
      return read;
    } catch (CertificateException e) {
      throw unusable("contains something that is not a PEM certificate", e);
    }
  }

  private IOException unusable(String why, Exception cause) {
    return new UnusableException(this, why, cause);
  }
}
