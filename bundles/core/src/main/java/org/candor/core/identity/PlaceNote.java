package org.candor.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.candor.core.settings.KeyValues;
import org.candor.core.store.Replacement;

/** The file in the store's folder that says where the installation is that the store is of. */
final class PlaceNote {

  /** In the directory of the store. */
  static final String FILE = "place";

  private static final String HEAD =
      "# Where the installation is whose store this is, as digests.\n";

  private final Path file;

  PlaceNote(Path folder) {
    this.file = folder.resolve(FILE);
  }

  Whereabouts read() throws IOException {
    try {
      return Whereabouts.of(KeyValues.read(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Whereabouts.of(KeyValues.read(""));
    }
  }

  /** Replaces it; on disk when this returns. */
  void write(Whereabouts place) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("." + FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh);
    Replacement.fill(fresh, StandardCharsets.UTF_8.encode(HEAD + KeyValues.text(place.values())));
    Replacement.move(fresh, file);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
