package org.candor.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.candor.api.file.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoint: a text beside a store's file that says what this held after its last commit. The
 * store opens a file whose end is missing as it was some commits ago, and says nothing; the
 * checkpoint shows it. It is never ahead of the file, for it is written after the commit, and not
 * forced to the disk, so that it costs nothing: after a power loss an older one notices less. Not
 * thread-safe.
 */
public final class CheckpointFile {

  private static final Logger log = LoggerFactory.getLogger(CheckpointFile.class);

  private final Path path;

  /**
   * @param file which the checkpoint is about
   */
  public CheckpointFile(Path file) {
    this.path = file.resolveSibling(file.getFileName() + ".mark");
  }

  /** Writes it; where that fails there is none. */
  public void write(String text) {
    byte[] content = RecordFrame.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      replace(content);
    } catch (NoSuchFileException e) {
      begin(content);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void begin(byte[] content) {
    try {
      OwnerOnly.createFile(path);
      replace(content);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void replace(byte[] content) throws IOException {
    // In its place: ext4 begins to write a file to the disk that was cut and is closed again.
    Files.write(path, content, StandardOpenOption.WRITE);
  }

  private void failed(IOException e) {
    log.debug("{} cannot be written", path, e);
    delete();
  }

  /** What it says; empty when there is none, or only half of one. */
  public Optional<String> read() {
    try {
      return RecordFrame.unwrap(Files.readAllBytes(path))
          .map(text -> new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What it says is no longer so. */
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("{} cannot be deleted", path, e);
    }
  }
}
