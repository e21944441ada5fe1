package org.candor.format.dns.answer;

/**
 * An answer as it was read.
 *
 * @param answer with every text checked, apart from the link
 * @param signature as it stands there; empty when there is none
 */
record SignedAnswer(VendorAnswer answer, byte[] signature) {

  boolean isSigned() {
    return signature.length > 0;
  }

  boolean isSignedBy(VerifyKey key) {
    return key.verifies(AnswerText.signed(answer), signature);
  }
}
