package org.candor.source.crash.runtime;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.file.OwnerOnly;

/**
 * A file for each process that runs, named after its process id and start, and removed when it ends
 * in good order. What is left belongs to one that did not.
 */
final class Markers {

  private static final Pattern NAME = Pattern.compile("running-(\\d{1,18})-(\\d{1,18})");
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Path folder;
  private final Clock clock;
  private final Path own;

  /**
   * @param pid of this process
   * @param start of this process
   */
  Markers(Path folder, long pid, Instant start, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.own = folder.resolve("running-" + pid + "-" + start.toEpochMilli());
  }

  /**
   * A process that ended without removing its marker.
   *
   * @param started when it was started
   * @param lastSeen when it was last known to live
   */
  record Left(Path file, long pid, Instant started, Instant lastSeen) {}

  /** Says that this process lives. */
  void touch() throws IOException {
    try {
      Files.setLastModifiedTime(own, FileTime.from(clock.instant()));
    } catch (NoSuchFileException e) {
      OwnerOnly.createDirectories(folder);
      OwnerOnly.write(own, new byte[0]);
      Files.setLastModifiedTime(own, FileTime.from(clock.instant()));
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(own);
  }

  void remove(Left left) throws IOException {
    Files.deleteIfExists(left.file());
  }

  List<Left> left() throws IOException {
    List<Left> all = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "running-*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!file.equals(own) && name.matches()) {
          long pid = Long.parseLong(name.group(1));
          Instant started = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
          if (!isAlive(pid, started)) {
            Instant seen = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            all.add(new Left(file, pid, started, seen));
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return all;
  }

  // In a container every process may have the same id: this one's marker is told by its start.
  private static boolean isAlive(long pid, Instant started) {
    if (pid == ProcessHandle.current().pid()) {
      return false;
    }
    Optional<Instant> start =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap(process -> process.info().startInstant());
    return start.isPresent() && Duration.between(start.get(), started).abs().compareTo(SLACK) < 0;
  }
}
