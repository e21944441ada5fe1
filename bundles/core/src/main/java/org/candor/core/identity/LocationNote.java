package org.candor.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.candor.api.file.OwnerOnly;
import org.candor.core.settings.KeyValues;
import org.candor.core.store.AtomicFileWriter;

/**
 * Location fingerprint on disk: the file in the store's folder that says where the installation is
 * that the store is of.
 */
final class LocationNote {

  /** In the directory of the store. */
  static final String FILE = "place";

  private static final String HEAD =
      "# Where the installation is whose store this is, as digests.\n";

  private final Path file;

  LocationNote(Path folder) {
    this.file = folder.resolve(FILE);
  }

  InstallationLocation read() throws IOException {
    try {
      return InstallationLocation.of(KeyValues.read(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return InstallationLocation.of(KeyValues.read(""));
    }
  }

  /** Replaces it; on disk when this returns. */
  void write(InstallationLocation place) throws IOException {
    OwnerOnly.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("." + FILE + ".new");
    Files.deleteIfExists(fresh);
    OwnerOnly.createFile(fresh);
    AtomicFileWriter.fill(
        fresh, StandardCharsets.UTF_8.encode(HEAD + KeyValues.text(place.values())));
    AtomicFileWriter.move(fresh, file);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
