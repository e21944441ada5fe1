package org.candor.source.crash.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.file.OwnerOnly;

/** The ids of crashes whose traces belong to somebody else and stay where they are. */
final class Reported {

  private static final int MOST = 500;

  private final Path file;

  Reported(Path file) {
    this.file = file;
  }

  boolean has(String id) throws IOException {
    return ids().contains(id);
  }

  void add(String id) throws IOException {
    List<String> ids = new ArrayList<>(ids());
    ids.add(id);
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    OwnerOnly.createDirectories(file.getParent());
    List<String> newest = ids.subList(Math.max(0, ids.size() - MOST), ids.size());
    OwnerOnly.write(draft, String.join("\n", newest).getBytes(StandardCharsets.UTF_8));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> ids() throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }
}
