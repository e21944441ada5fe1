package org.candor.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnerOnlyTest {

  @TempDir Path directory;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void theUmaskOpensNothing() throws Exception {
    String line =
        "umask 000; touch \"$0\"; exec \"$1\" -cp \"$2\" '" + Making.class.getName() + "'";
    Process child =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                line + " \"$3\"",
                directory.resolve("by-umask").toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                System.getProperty("java.class.path"),
                directory.toString())
            .inheritIO()
            .start();
    assertThat(child.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(mode(directory.resolve("by-umask"))).isEqualTo("rw-rw-rw-");
    for (String folder : List.of("a", "a/b")) {
      assertThat(mode(directory.resolve(folder))).isEqualTo("rwx------");
    }
    for (String file : List.of("created", "ensured", "written", "opened")) {
      assertThat(mode(directory.resolve("a/b").resolve(file))).isEqualTo("rw-------");
    }
  }

  /** Makes one of each. */
  static final class Making {

    private Making() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]).resolve("a/b");
      OwnerOnly.createDirectories(folder);
      OwnerOnly.createFile(folder.resolve("created"));
      OwnerOnly.ensureFile(folder.resolve("ensured"));
      OwnerOnly.write(folder.resolve("written"), new byte[] {1});
      try (FileChannel channel = OwnerOnly.open(folder.resolve("opened"))) {
        channel.write(ByteBuffer.wrap(new byte[] {1}));
      }
    }
  }

  @Test
  void whatAnEarlierVersionMadeIsClosedToOthersAndItsGroupMayStillRead() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "kept");
    mode(file, "rw-rw-rw-");
    OwnerOnly.ensureFile(file);
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThat(Files.readString(file)).isEqualTo("kept");
    mode(file, "rw-------");
    OwnerOnly.ensureFile(file);
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsThereStaysAsItsOwnerMadeIt() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("shared"));
    mode(folder, "rwxrwxr-x");
    OwnerOnly.createDirectories(folder);
    assertThat(mode(folder)).isEqualTo("rwxrwxr-x");
  }

  @Test
  void aFileIsReplacedWholeAndNoneIsMadeTwice() throws Exception {
    Path file = directory.resolve("file");
    OwnerOnly.write(file, "a long text".getBytes(StandardCharsets.UTF_8));
    OwnerOnly.write(file, "short".getBytes(StandardCharsets.UTF_8));
    assertThat(Files.readString(file)).isEqualTo("short");
    assertThatThrownBy(() -> OwnerOnly.createFile(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> OwnerOnly.open(file)).isInstanceOf(FileAlreadyExistsException.class);
  }
}
