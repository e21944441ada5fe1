package org.candor.source.crash.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.candor.api.file.OwnerOnly;

/**
 * The files of one command: a note about the run, the ids of its processes as the watcher writes
 * them, and the watcher's records.
 */
final class RunFiles {

  private static final String SCRIPT = "candor-watch";

  private final Path own;
  private final Path folder;

  /**
   * @param own this bundle's folder
   * @param name of the command, unlike all others
   */
  RunFiles(Path own, String name) {
    this.own = own;
    // What is left out of a name may not make two of them the same folder.
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    this.folder =
        own.resolve("commands")
            .resolve(safe.equals(name) ? "run-" + name : "run-" + safe + "-" + name.hashCode());
  }

  Path records() {
    return folder.resolve("records");
  }

  Path pidFile() {
    return folder.resolve("pid");
  }

  Path script() {
    return own.resolve(SCRIPT);
  }

  Optional<RunNote> note() throws IOException {
    return RunNote.read(folder.resolve("run"));
  }

  /** Notes a run that is about to begin. */
  void begin(RunNote note) throws IOException {
    OwnerOnly.createDirectories(records());
    install();
    note.write(folder.resolve("run"));
    // There until the watcher has nothing left to record: a watcher that was killed leaves it.
    OwnerOnly.write(pidFile(), new byte[0]);
  }

  /** Whether the watcher has nothing left to record. */
  boolean settled() {
    return !Files.exists(pidFile());
  }

  void forget() throws IOException {
    Files.deleteIfExists(pidFile());
    Files.deleteIfExists(folder.resolve("run"));
  }

  /**
   * The processes of a run.
   *
   * @param at when this was written
   */
  record Pids(long watcher, long command, Instant at) {}

  /** The processes; empty until they are known. */
  Optional<Pids> pids() {
    try {
      String[] ids = Files.readString(pidFile(), StandardCharsets.US_ASCII).strip().split(" ");
      return ids.length == 2
          ? Optional.of(
              new Pids(
                  Long.parseLong(ids[0]),
                  Long.parseLong(ids[1]),
                  Files.getLastModifiedTime(pidFile()).toInstant()))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void install() throws IOException {
    byte[] script;
    try (InputStream in = RunFiles.class.getResourceAsStream(SCRIPT)) {
      script = in.readAllBytes();
    }
    if (Files.exists(script()) && Arrays.equals(script, Files.readAllBytes(script()))) {
      return;
    }
    // Renamed into place: a shell that runs the old one reads on in the old one.
    Path draft = Files.createTempFile(own, SCRIPT, ".tmp");
    Files.write(draft, script);
    Files.move(draft, script(), StandardCopyOption.ATOMIC_MOVE);
  }
}
