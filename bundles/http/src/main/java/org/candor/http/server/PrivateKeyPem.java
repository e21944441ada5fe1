package org.candor.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;

/** Private key of a certificate: PKCS#8, or PKCS#1 for RSA. */
final class PrivateKeyPem {

  private static final String HINT =
      "; openssl pkcs8 -topk8 -nodes -in KEY turns it into one that can be";
  // INTEGER 0, SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }
  private static final byte[] RSA = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 4;
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PrivateKeyPem() {}

  /**
   * The key of a block.
   *
   * @param label of the block, such as {@code PRIVATE KEY}
   * @param certified the key of the certificate that it must fit
   */
  static PrivateKey read(String label, byte[] der, PublicKey certified)
      throws IOException, GeneralSecurityException {
    byte[] pkcs8 =
        switch (label) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY" -> wrapped(der);
          default -> throw new IOException("has a key that cannot be read (" + label + ")" + HINT);
        };
    PrivateKey key =
        KeyFactory.getInstance(certified.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    check(key, certified);
    return key;
  }

  private static void check(PrivateKey key, PublicKey certified)
      throws IOException, GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            SIGNATURES.getOrDefault(certified.getAlgorithm(), certified.getAlgorithm()));
    signature.initSign(key);
    signature.update(RSA);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(RSA);
    if (!signature.verify(signed)) {
      throw new IOException("has a private key that is not the certificate's");
    }
  }

  private static byte[] wrapped(byte[] pkcs1) throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.write(RSA);
    inner.write(tagged(OCTETS, pkcs1));
    return tagged(SEQUENCE, inner.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) throws IOException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else {
      der.write(0x82);
      der.write(content.length >> 8);
      der.write(content.length);
    }
    der.write(content);
    return der.toByteArray();
  }
}
