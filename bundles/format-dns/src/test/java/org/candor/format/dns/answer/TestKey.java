package org.candor.format.dns.answer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** A vendor's key pair. */
public final class TestKey {

  private final KeyPair pair;

  public TestKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public String publicKey() {
    return VerifyKey.text(pair.getPublic());
  }

  public VerifyKey verifyKey() {
    return VerifyKey.of(publicKey());
  }

  /** The answer's text with this key's signature. */
  public String signed(VendorAnswer answer) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(AnswerText.signed(answer).getBytes(StandardCharsets.UTF_8));
      return AnswerText.write(answer, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
