package org.candor.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.candor.core.settings.StateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pseudonymization key: this installation's secret, 256 random bits in a file that only its owner
 * may read, made when first needed. It turns names into pseudonyms (HMAC-SHA-256, RFC 2104) that
 * nobody can guess back who does not have it. An administrator may put the file of another node in
 * its place. Thread-safe.
 */
final class Secret {

  private static final Logger log = LoggerFactory.getLogger(Secret.class);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIZE = 32;

  /** 128 bits, as 32 hexadecimal digits: enough to tell all servers of the world apart. */
  private static final int PSEUDONYM_SIZE = 16;

  private final StateFile file;
  private Optional<byte[]> known = Optional.empty();

  Secret(StateFile file) {
    this.file = file;
  }

  /**
   * A pseudonym.
   *
   * @param what is named, so that a server and a user of the same name get different ones
   * @throws IOException when the secret can be neither read nor kept
   */
  synchronized String pseudonym(String what, String name) throws IOException {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret(), ALGORITHM));
      byte[] digest = mac.doFinal((what + "\n" + name).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, PSEUDONYM_SIZE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Puts another in its place; on disk when this returns. */
  synchronized void renew() throws IOException {
    known = Optional.of(make());
  }

  /** Removes it, so that the next who needs one makes it. */
  synchronized void remove() throws IOException {
    known = Optional.empty();
    file.delete();
  }

  /** Has the file read again. */
  synchronized void reset() {
    known = Optional.empty();
  }

  /** Whether there is one already. */
  boolean exists() {
    return file.exists();
  }

  private byte[] secret() throws IOException {
    if (known.isEmpty()) {
      known = Optional.of(readOrMake());
    }
    return known.get();
  }

  private byte[] readOrMake() throws IOException {
    Optional<String> kept = file.newest();
    if (kept.isEmpty()) {
      return make();
    }
    try {
      byte[] secret = HexFormat.of().parseHex(kept.get().strip());
      if (secret.length >= SIZE) {
        return secret;
      }
      throw new IOException(place() + " is too short; it should hold 64 hexadecimal digits.");
    } catch (IllegalArgumentException e) {
      throw new IOException(place() + " is damaged; it should hold 64 hexadecimal digits.", e);
    }
  }

  private byte[] make() throws IOException {
    byte[] secret = new byte[SIZE];
    new SecureRandom().nextBytes(secret);
    file.write(HexFormat.of().formatHex(secret) + "\n");
    log.info(
        "{} was generated: it turns names into pseudonyms. Copy it, with clusterId, to the other"
            + " nodes of a cluster.",
        place());
    return secret;
  }

  private Path place() throws IOException {
    return file.copies().get(0).path();
  }
}
