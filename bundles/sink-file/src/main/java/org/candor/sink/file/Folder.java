package org.candor.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.candor.api.Deadline;
import org.candor.api.file.OwnerOnly;
import org.candor.api.sink.Payload;

/**
 * Writes files so that they are complete and on disk when they appear under their names. Not for
 * several threads at once.
 *
 * @param path may not exist yet
 * @param clock for the files' names
 */
record Folder(Path path, Clock clock) {

  private static final String UNFINISHED_START = ".candor-";
  private static final String UNFINISHED_END = ".tmp";

  // Another process may write to the same directory: its unfinished files are not ours to remove.
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  /**
   * @return the payload's file, be it written now or earlier; empty when the deadline came first
   */
  Optional<Path> write(Payload payload, Deadline deadline) throws IOException {
    create();
    FileName name = FileName.of(payload);
    Optional<Path> earlier = find(name);
    if (earlier.isPresent()) {
      return earlier;
    }
    Path unfinished = path.resolve(UNFINISHED_START + UUID.randomUUID() + UNFINISHED_END);
    try {
      writeThrough(unfinished, payload);
      if (deadline.remaining().isZero()) {
        return Optional.empty();
      }
      Path file = path.resolve(name.at(clock.instant()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      syncEntries();
      return Optional.of(file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void create() throws IOException {
    if (!Files.isDirectory(path)) {
      OwnerOnly.createDirectories(path);
    }
  }

  private Optional<Path> find(FileName name) throws IOException {
    Optional<Path> found = Optional.empty();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String file = entry.getFileName().toString();
        if (name.isNameOf(file) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          found = Optional.of(entry);
        } else if (file.startsWith(UNFINISHED_START) && file.endsWith(UNFINISHED_END)) {
          removeIfAbandoned(entry);
        }
      }
    }
    return found;
  }

  private void removeIfAbandoned(Path unfinished) throws IOException {
    try {
      Instant touched = Files.getLastModifiedTime(unfinished).toInstant();
      if (touched.isBefore(clock.instant().minus(ABANDONED_AFTER))) {
        Files.deleteIfExists(unfinished);
      }
    } catch (NoSuchFileException e) {
      // The process that wrote it has finished it in the meantime.
    }
  }

  private void writeThrough(Path file, Payload payload) throws IOException {
    try (FileChannel channel = OwnerOnly.open(file)) {
      ByteBuffer content = ByteBuffer.wrap(payload.body().toArray());
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }

  private void syncEntries() throws IOException {
    if (hasModes()) {
      try (FileChannel entries = FileChannel.open(path, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  private boolean hasModes() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
