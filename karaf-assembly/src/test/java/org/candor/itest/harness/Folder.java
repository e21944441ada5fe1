package org.candor.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public record Folder(Path path) {

  void copyTo(Path target) throws IOException {
    for (Path from : contents()) {
      Path to = target.resolve(path.relativize(from));
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  public void delete() throws IOException {
    if (Files.exists(path)) {
      for (Path found : contents().stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(found);
      }
    }
  }

  private List<Path> contents() throws IOException {
    try (Stream<Path> found = Files.walk(path)) {
      return found.toList();
    }
  }
}
