package org.candor.core.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Quarantine of damaged files: each is kept beside its place under a name that tells when. */
final class Quarantine {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Clock clock;

  Quarantine(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Gives the file another name and leaves it in its place too, so that a crash before there is a
   * new one leaves this one.
   *
   * @return the other name
   */
  Path hold() throws IOException {
    Path aside = aside();
    Files.deleteIfExists(aside);
    try {
      Files.createLink(aside, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, aside);
    }
    return aside;
  }

  /** Copies the file as it is now to another name, which it returns. */
  Path copy() throws IOException {
    Path aside = aside();
    Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
    return aside;
  }

  /** Takes the other name away again when the file itself is still in its place. */
  void release(Path aside) throws IOException {
    if (Files.exists(file) && Files.isSameFile(file, aside)) {
      Files.delete(aside);
    }
  }

  private Path aside() {
    return file.resolveSibling(file.getFileName() + ".set-aside-" + STAMP.format(clock.instant()));
  }
}
