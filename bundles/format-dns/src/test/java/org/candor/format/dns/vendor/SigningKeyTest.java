package org.candor.format.dns.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.candor.format.dns.answer.VerifyKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

  // The first test vector of RFC 8032, 7.1, as openssl writes it.
  private static final String OF_RFC_8032 =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  private static final String RSA =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg
      -----END PRIVATE KEY-----
      """;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("key.pem");
  }

  @Test
  void signsWhatThePublicKeyVerifies() throws Exception {
    VerifyKey publicKey = VerifyKey.of(SigningKey.create(file));
    byte[] signature = SigningKey.read(file).sign("text");

    assertThat(signature).hasSize(64);
    assertThat(publicKey.verifies("text", signature)).isTrue();
    assertThat(publicKey.verifies("Text", signature)).isFalse();
  }

  @Test
  void isForItsOwnerOnlyAndSaysItsPublicKey() throws Exception {
    String publicKey = SigningKey.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(publicKey).matches("[A-Za-z0-9_-]{43}");
    assertThat(file).content().contains("publicKey = " + publicKey);
  }

  @Test
  void isNeverOverwritten() throws Exception {
    Files.writeString(file, "precious");

    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> SigningKey.create(file))
        .withMessage(file + " exists and is left as it is: a key is never overwritten.");
    assertThat(file).hasContent("precious");
  }

  @Test
  void readsAKeyThatOpensslMade() throws Exception {
    Files.writeString(file, OF_RFC_8032);
    VerifyKey publicKey = VerifyKey.of("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

    assertThat(publicKey.verifies("x", SigningKey.read(file).sign("x"))).isTrue();
  }

  @Test
  void refusesWhatIsNoKey() throws Exception {
    for (String content : new String[] {"", "hello", RSA, "x".repeat(100_000)}) {
      Files.write(file, content.getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(VendorException.class)
          .isThrownBy(() -> SigningKey.read(file))
          .withMessageStartingWith(file + " holds no private key; it should be");
    }
    assertThatExceptionOfType(VendorException.class)
        .isThrownBy(() -> SigningKey.read(directory.resolve("missing")))
        .withMessageContaining("cannot be read: java.nio.file.NoSuchFileException");
  }
}
