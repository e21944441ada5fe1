package org.candor.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS trusts: the authorities that this Java runtime trusts, and those of more files. A file
 * is read when a connection needs it, and again when its content has changed. Safe for several
 * threads.
 */
final class Trust {

  private Map<CaFile, ByteBuffer> known = Map.of();
  private Optional<SSLContext> made = Optional.empty();

  /**
   * @throws IOException when a file cannot be used; names it and says why
   */
  synchronized SSLContext context(List<CaFile> files) throws IOException {
    Map<CaFile, ByteBuffer> pem = new LinkedHashMap<>();
    for (CaFile file : files) {
      pem.put(file, ByteBuffer.wrap(file.read()));
    }
    if (made.isEmpty() || !pem.equals(known)) {
      made = Optional.of(make(authorities(pem)));
      known = pem;
    }
    return made.get();
  }

  /** The authorities of this runtime and of the files' contents. */
  static List<Certificate> authorities(Map<CaFile, ByteBuffer> pem) throws IOException {
    try {
      List<Certificate> all = new ArrayList<>(ofThisRuntime());
      for (Map.Entry<CaFile, ByteBuffer> file : pem.entrySet()) {
        all.addAll(file.getKey().certificates(file.getValue().array()));
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java runtime has no usable trust store: " + e.getMessage(), e);
    }
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
