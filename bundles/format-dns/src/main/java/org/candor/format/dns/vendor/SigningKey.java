package org.candor.format.dns.vendor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.format.dns.answer.VerifyKey;

/** The vendor's private key: an Ed25519 key as PKCS#8 in a PEM file, which openssl reads too. */
public final class SigningKey {

  private static final String ALGORITHM = "Ed25519";
  private static final int LARGEST_FILE = 64 * 1024;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Makes a key pair.
   *
   * @param file for the private key, which only its owner may read; must not exist
   * @return the public key in base64url, as {@code publicKey} in {@code
   *     etc/org.candor.sink.dns.cfg} takes it
   */
  public static String create(Path file) throws VendorException {
    KeyPair pair = generate();
    String publicKey = VerifyKey.text(pair.getPublic());
    try {
      Files.createFile(file, ownerOnly(file));
      Files.writeString(file, pem(pair.getPrivate(), publicKey), StandardOpenOption.WRITE);
      return publicKey;
    } catch (FileAlreadyExistsException e) {
      throw new VendorException(
          file + " exists and is left as it is: a key is never overwritten.", e);
    } catch (IOException e) {
      throw new VendorException(file + " cannot be written: " + e, e);
    }
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has Ed25519 since 15", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  // RFC 7468 lets a file say what it holds before its first line of dashes.
  private static String pem(PrivateKey key, String publicKey) {
    return "Signs answers to version checks. Keep it secret. Its publicKey = "
        + publicKey
        + "\n-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Reads what {@link #create} wrote, or {@code openssl genpkey -algorithm ed25519}. */
  public static SigningKey read(Path file) throws VendorException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw notAKey(file);
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      Matcher matcher = PEM.matcher(text);
      if (!matcher.find()) {
        throw notAKey(file);
      }
      byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
      return new SigningKey(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (IOException e) {
      throw new VendorException(file + " cannot be read: " + e, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notAKey(file);
    }
  }

  private static VendorException notAKey(Path file) {
    return new VendorException(
        file
            + " holds no private key; it should be a file that telemetry:key made, or another"
            + " Ed25519 key as PKCS#8 in PEM.");
  }

  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }
}
