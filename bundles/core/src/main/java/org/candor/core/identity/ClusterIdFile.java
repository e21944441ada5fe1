package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The owner's file with the cluster's id. For one thread at a time. */
final class ClusterIdFile {

  private final String before;
  private final Consumer<String> refuse;
  private Optional<String> refused = Optional.empty();

  /**
   * @param config names the file that names this one, for messages
   * @param refuse gets one line when the file cannot be used and an id of before is kept
   */
  ClusterIdFile(String config, Consumer<String> refuse) {
    this.before = config + ": clusterIdFile = ";
    this.refuse = refuse;
  }

  /**
   * Reads the id.
   *
   * @param known the cluster's id so far, which stays while none can be read
   * @throws IOException when none can be read and none is known
   */
  String read(Path path, Optional<String> known) throws IOException {
    try {
      String id = Files.readString(path).strip();
      if (!id.isEmpty()) {
        refused = Optional.empty();
        return id;
      }
    } catch (IOException e) {
      return known(path, "cannot be read: " + reason(e), known, e);
    }
    return known(path, "is empty", known, null);
  }

  private String known(Path path, String why, Optional<String> known, IOException cause)
      throws IOException {
    String said = before + path + " " + why;
    if (known.isEmpty()) {
      throw new IOException(said + "; allowed is a file that holds an id.", cause);
    }
    if (refused.filter(said::equals).isEmpty()) {
      refuse.accept(said + "; allowed is a file that holds an id. The cluster's id stays.");
      refused = Optional.of(said);
    }
    return known.get();
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return e instanceof AccessDeniedException ? "this user may not read it" : e.toString();
  }
}
