package org.candor.source.crash.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.candor.api.crash.Crash;
import org.candor.api.file.OwnerOnly;

/**
 * What must be known of a run after this process was killed in the middle of it.
 *
 * @param id of the run, and of the crash that it may end with
 * @param what a digest of what cannot be changed while it runs
 * @param output the file its output is added to
 * @param offset where in that file the run's own output begins
 * @param started when it was started
 */
record RunNote(String id, String what, Optional<Path> output, long offset, Instant started) {

  static RunNote of(CommandSettings settings, long offset, Instant now) {
    return new RunNote(Crash.newId(), digest(settings), settings.output(), offset, now);
  }

  static String digest(CommandSettings settings) {
    return Crash.idFrom(settings.what());
  }

  void write(Path file) throws IOException {
    Properties all = new Properties();
    all.setProperty("id", id);
    all.setProperty("what", what);
    output.ifPresent(path -> all.setProperty("output", path.toString()));
    all.setProperty("offset", Long.toString(offset));
    all.setProperty("started", started.toString());
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    all.store(text, "A run that Candor watches");
    OwnerOnly.write(draft, text.toByteArray());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The note in a file; empty when there is none that can be read. */
  static Optional<RunNote> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties all = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      all.load(in);
      return Optional.of(
          new RunNote(
              all.getProperty("id", ""),
              all.getProperty("what", ""),
              Optional.ofNullable(all.getProperty("output")).map(Path::of),
              Long.parseLong(all.getProperty("offset", "0")),
              Instant.parse(all.getProperty("started", ""))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
