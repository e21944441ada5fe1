package org.candor.http.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files of a server's certificate.
 *
 * @param certificate the certificate and its chain in PEM, with or without the private key; or
 *     PKCS#12
 * @param key the private key in PEM, when it is in a file of its own
 * @param password the file whose first line opens PKCS#12
 */
public record TlsFiles(Path certificate, Optional<Path> key, Optional<Path> password) {

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader.
  @Override
  public boolean equals(Object other) {
    return other instanceof TlsFiles files && toString().equals(files.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return certificate + " " + key + " " + password;
  }
}
