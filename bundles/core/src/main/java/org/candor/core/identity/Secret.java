package org.candor.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.candor.core.store.Replacement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This installation's secret: 256 random bits in a file in {@code etc/} that only its owner may
 * read, made when first needed. It turns names into pseudonyms (HMAC-SHA-256, RFC 2104) that nobody
 * can guess back who does not have it.
 */
final class Secret {

  private static final Logger log = LoggerFactory.getLogger(Secret.class);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIZE = 32;

  /** 128 bits, as 32 hexadecimal digits: enough to tell all servers of the world apart. */
  private static final int PSEUDONYM_SIZE = 16;

  private final Path file;
  private Optional<byte[]> known = Optional.empty();

  Secret(Path file) {
    this.file = file;
  }

  /**
   * A pseudonym.
   *
   * @param what is named, so that a server and a user of the same name get different ones
   * @throws IOException when the secret can be neither read nor kept
   */
  String pseudonym(String what, String name) throws IOException {
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
  void renew() throws IOException {
    known = Optional.of(make());
  }

  /** Has the file read again. */
  void reset() {
    known = Optional.empty();
  }

  /** Whether there is one already. */
  boolean exists() {
    return Files.exists(file);
  }

  private byte[] secret() throws IOException {
    if (known.isEmpty()) {
      known = Optional.of(readOrMake());
    }
    return known.get();
  }

  private byte[] readOrMake() throws IOException {
    try {
      byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
      if (secret.length >= SIZE) {
        return secret;
      }
      throw new IOException(file + " is too short; it should hold 64 hexadecimal digits.");
    } catch (NoSuchFileException e) {
      return make();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged; it should hold 64 hexadecimal digits.", e);
    }
  }

  private byte[] make() throws IOException {
    byte[] secret = new byte[SIZE];
    new SecureRandom().nextBytes(secret);
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    create(fresh);
    Replacement.fill(
        fresh,
        StandardCharsets.US_ASCII.encode(
            HexFormat.of().formatHex(secret) + System.lineSeparator()));
    Replacement.move(fresh, file);
    log.info(
        "{} was made: with it names become pseudonyms. Copy it with clusterId to the other nodes of"
            + " a cluster.",
        file);
    return secret;
  }

  private static void create(Path fresh) throws IOException {
    if (Files.getFileAttributeView(fresh, PosixFileAttributeView.class) == null) {
      Files.createFile(fresh);
    } else {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
