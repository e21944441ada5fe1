package org.candor.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.candor.api.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret\n", "\t s3cret \r\n\n"})
  void whiteSpaceAroundTheSecretDoesNotCount(String content) throws Exception {
    assertThat(file(content).read()).isEqualTo("s3cret");
  }

  @Test
  void whatHoldsNoSecretSaysWhyAndQuotesNothing() throws Exception {
    assertUnusable(new SecretFile(folder.resolve("missing")), "does not exist");
    assertUnusable(new SecretFile(folder), "is not a file");
    assertUnusable(file(""), "is empty");
    assertUnusable(file(" \n"), "is empty");
    assertUnusable(file("s3cret\ns3cret"), "holds more than one line");
    assertUnusable(file("s3cret" + "x".repeat(64 * 1024)), "is larger than 64 KiB");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'s', (byte) 0xff});
    assertUnusable(new SecretFile(binary), "is not text in UTF-8");
  }

  private static void assertUnusable(SecretFile file, String why) {
    assertThatThrownBy(file::read).isInstanceOf(UnusableSecretException.class).hasMessage(why);
  }

  @Test
  void aLinkIsFollowedAnewEachTime() throws Exception {
    // As Kubernetes mounts it: ..data leads to a folder, and is swapped as a whole.
    Path one = Files.createDirectory(folder.resolve("..one"));
    Path two = Files.createDirectory(folder.resolve("..two"));
    Files.writeString(one.resolve("key"), "first");
    Files.writeString(two.resolve("key"), "second");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
    Path key = Files.createSymbolicLink(folder.resolve("key"), Path.of("..data/key"));
    SecretFile file = new SecretFile(key);
    assertThat(file.read()).isEqualTo("first");
    Files.move(
        Files.createSymbolicLink(folder.resolve("..tmp"), two.getFileName()),
        data,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    assertThat(file.read()).isEqualTo("second");
  }

  @Test
  void onlyAnAbsolutePathIsAllowedAndOnlyThatIsShown() {
    Settings settings = new Settings("etc/a.cfg", line -> {});
    assertThat(settings.read(SecretFile.setting("keyFile"), "")).contains(Optional.empty());
    assertThat(settings.read(SecretFile.setting("keyFile"), "/run/key").orElseThrow())
        .contains(new SecretFile(Path.of("/run/key")));
    assertThat(new Settings("etc/a.cfg", line -> {}).read(SecretFile.setting("keyFile"), "run/key"))
        .isEmpty();
    assertThat(SecretFile.shown(" /run/key ")).isEqualTo("/run/key");
    assertThat(SecretFile.shown("s3cret")).isEqualTo("***");
    assertThat(SecretFile.shown(" ")).isEmpty();
  }

  private SecretFile file(String content) throws IOException {
    return new SecretFile(Files.writeString(folder.resolve("key"), content));
  }
}
