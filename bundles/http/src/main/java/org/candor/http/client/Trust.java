package org.candor.http.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS trusts: the authorities that this Java runtime trusts, and those of one more file. The
 * file is read when a connection needs it, and again when its content has changed. Safe for several
 * threads.
 */
final class Trust {

  private static final int FILE_LIMIT = 8 * 1024 * 1024;

  private byte[] known = {};
  private Optional<SSLContext> made = Optional.empty();

  /**
   * @param caFile the file's path; empty for none
   * @throws IOException when the file cannot be used; names it and says why
   */
  synchronized SSLContext context(String caFile) throws IOException {
    byte[] pem = read(caFile);
    if (made.isEmpty() || !Arrays.equals(pem, known)) {
      made = Optional.of(make(authorities(caFile, pem)));
      known = pem;
    }
    return made.get();
  }

  /** The authorities of this runtime and of the file's content. */
  static List<Certificate> authorities(String caFile, byte[] pem) throws IOException {
    try {
      List<Certificate> all = new ArrayList<>(ofThisRuntime());
      if (!caFile.isEmpty()) {
        all.addAll(certificates(caFile, pem));
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java runtime has no usable trust store: " + e.getMessage(), e);
    }
  }

  private static byte[] read(String caFile) throws IOException {
    if (caFile.isEmpty()) {
      return new byte[0];
    }
    byte[] pem;
    try (InputStream in = Files.newInputStream(Path.of(caFile))) {
      pem = in.readNBytes(FILE_LIMIT + 1);
    } catch (NoSuchFileException e) {
      throw unusable(caFile, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw unusable(caFile, "may not be read by this process", e);
    } catch (IOException | InvalidPathException e) {
      throw unusable(caFile, "cannot be read (" + e.getMessage() + ")", e);
    }
    if (pem.length > FILE_LIMIT) {
      throw unusable(caFile, "is larger than 8 MB", null);
    }
    return pem;
  }

  private static Collection<? extends Certificate> certificates(String caFile, byte[] pem)
      throws IOException {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (read.isEmpty()) {
        throw unusable(caFile, "holds no certificate", null);
      }
      return read;
    } catch (CertificateException e) {
      throw unusable(caFile, "holds something that is no PEM certificate", e);
    }
  }

  private static IOException unusable(String caFile, String why, Exception cause) {
    return new IOException(
        "etc/org.candor.http.cfg: caFile = "
            + caFile
            + " "
            + why
            + "; nothing is sent over https until this is mended",
        cause);
  }

  private static SSLContext make(List<Certificate> all) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate authority : all) {
        store.setCertificateEntry("ca-" + store.size(), authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      // Not the JVM-wide default context: somebody else may have replaced it by one that trusts
      // everybody, or may lend it client keys.
      context.init(null, managers(store), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java runtime cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> ofThisRuntime() throws GeneralSecurityException {
    return Arrays.stream(managers(null))
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .toList();
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
