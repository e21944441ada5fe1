package org.candor.format.dns.answer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The vendor's public key: checks signatures. Safe for several threads. */
public final class VerifyKey {

  /** Completes the sentence "allowed is …". */
  public static final String ALLOWED = "the 43 characters that telemetry:key printed";

  private static final String ALGORITHM = "Ed25519";
  private static final int BYTES = 32;

  // RFC 8410: all that stands before the 32 bytes in a SubjectPublicKeyInfo.
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  private VerifyKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @param text the key's 32 bytes in base64url; base64 and padding are taken too
   * @throws IllegalArgumentException when that is no key
   */
  public static VerifyKey of(String text) {
    byte[] raw = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    if (raw.length != BYTES) {
      throw new IllegalArgumentException(raw.length + " bytes are no Ed25519 key");
    }
    byte[] encoded = new byte[PREFIX.length + BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(raw, 0, encoded, PREFIX.length, BYTES);
    try {
      VerifyKey key =
          new VerifyKey(
              KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
      key.signature();
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a point of Ed25519", e);
    }
  }

  /** The key as {@link #of} reads it. */
  public static String text(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] raw = new byte[BYTES];
    System.arraycopy(encoded, encoded.length - BYTES, raw, 0, BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  /** Whether the text was signed with the private key that belongs to this one. */
  public boolean verifies(String text, byte[] signature) {
    try {
      Signature check = signature();
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Signature signature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initVerify(key);
    return signature;
  }
}
