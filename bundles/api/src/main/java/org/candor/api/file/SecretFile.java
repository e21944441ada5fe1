package org.candor.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.candor.api.settings.Setting;

/**
 * Secret mount: a file that holds one secret, as Kubernetes and Docker bring it into a container. A
 * line in UTF-8; white space around it does not count.
 *
 * @param path where it is; a link is followed anew each time, as Kubernetes swaps them
 */
public record SecretFile(Path path) {

  private static final int LIMIT = 64 * 1024;

  /** A key of a configuration file that names such a file; empty for none. */
  public static Setting<Optional<SecretFile>> setting(String key) {
    return new Setting<>(key, "the absolute path of a file, or nothing", SecretFile::parse);
  }

  /**
   * As much of a path as messages may show: whoever wrote the secret itself there is not quoted.
   */
  public static String shown(String path) {
    return path.isBlank() || path.strip().startsWith("/") ? path.strip() : "***";
  }

  private static Optional<SecretFile> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new InvalidPathException(text, "not absolute");
    }
    return Optional.of(new SecretFile(path));
  }

  /**
   * Reads it.
   *
   * @throws UnusableSecretException when it holds no secret that can be read
   */
  public String read() throws UnusableSecretException {
    String secret = utf8(bytes()).strip();
    if (secret.isEmpty()) {
      throw new UnusableSecretException("is empty");
    }
    if (secret.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableSecretException("holds more than one line");
    }
    return secret;
  }

  private byte[] bytes() throws UnusableSecretException {
    // Whoever opens a pipe waits until somebody writes to it.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new UnusableSecretException("is not a file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(LIMIT + 1);
    } catch (NoSuchFileException e) {
      throw new UnusableSecretException("does not exist");
    } catch (AccessDeniedException e) {
      throw new UnusableSecretException("may not be read by this process");
    } catch (IOException e) {
      throw new UnusableSecretException("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    if (bytes.length > LIMIT) {
      throw new UnusableSecretException("is larger than 64 KiB");
    }
    return bytes;
  }

  // No cause: its message might quote the secret.
  private static String utf8(byte[] bytes) throws UnusableSecretException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableSecretException("is not text in UTF-8");
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
