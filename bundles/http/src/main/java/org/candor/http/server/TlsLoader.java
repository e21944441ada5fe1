package org.candor.http.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads a server's certificate and key. */
final class TlsLoader {

  private static final int MOST = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private record Block(String label, byte[] der) {}

  private TlsLoader() {}

  /**
   * @throws IOException whose message completes a sentence that begins with the file
   */
  static SSLContext load(TlsFiles files) throws IOException {
    byte[] content = read(files.certificate());
    try {
      char[] password = password(files);
      KeyStore store =
          new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")
              ? pem(content, files.key())
              : pkcs12(content, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static KeyStore pkcs12(byte[] content, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(content), password);
    } catch (IOException e) {
      throw new IOException(
          "is neither PEM nor PKCS#12 that the password in tlsPasswordFile opens", e);
    }
    for (String alias : java.util.Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw new IOException("has no private key");
  }

  private static KeyStore pem(byte[] content, Optional<Path> keyFile)
      throws IOException, GeneralSecurityException {
    List<Block> blocks = new ArrayList<>(blocks(content));
    if (keyFile.isPresent()) {
      blocks.removeIf(block -> block.label().endsWith(KEY));
      blocks(read(keyFile.get())).stream()
          .filter(block -> block.label().endsWith(KEY))
          .forEach(blocks::add);
    }
    List<Certificate> chain = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Block block : blocks) {
      if (block.label().equals(CERTIFICATE)) {
        chain.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
      }
    }
    Block key =
        blocks.stream()
            .filter(block -> block.label().endsWith(KEY))
            .findFirst()
            .orElseThrow(() -> new IOException("has no private key, and tlsKeyFile names none"));
    if (chain.isEmpty()) {
      throw new IOException("has no certificate");
    }
    PrivateKey read = PrivateKeyPem.read(key.label(), key.der(), chain.get(0).getPublicKey());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", read, new char[0], chain.toArray(new Certificate[0]));
    return store;
  }

  private static List<Block> blocks(byte[] pem) {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      blocks.add(new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
    }
    return blocks;
  }

  private static char[] password(TlsFiles files) throws IOException {
    return files.password().isEmpty()
        ? new char[0]
        : new String(read(files.password().get()), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("")
            .toCharArray();
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("is not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw new IOException("is larger than 1 MB");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new IOException("needs " + file + ", which does not exist", e);
    }
  }
}
