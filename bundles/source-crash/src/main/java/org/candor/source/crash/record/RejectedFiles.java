package org.candor.source.crash.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** The files of a folder that were no crash records: the latest hundred, as {@code *.rejected}. */
final class RejectedFiles {

  private static final int MOST = 100;

  private final Path directory;
  private final Deque<Path> oldestFirst = new ArrayDeque<>();
  private boolean known;

  RejectedFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Renames a file that is none.
   *
   * @return its new name
   */
  String take(Path file) throws IOException {
    if (!known) {
      look();
      known = true;
    }
    Path now = file.resolveSibling(file.getFileName() + ".rejected");
    Files.move(file, now, StandardCopyOption.REPLACE_EXISTING);
    oldestFirst.remove(now);
    oldestFirst.add(now);
    while (oldestFirst.size() > MOST) {
      Files.deleteIfExists(oldestFirst.remove());
    }
    return now.getFileName().toString();
  }

  private void look() throws IOException {
    record Found(Path file, long at) {}
    PriorityQueue<Found> newest = new PriorityQueue<>(Comparator.comparingLong(Found::at));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json.rejected")) {
      for (Path file : files) {
        newest.add(
            new Found(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis()));
        if (newest.size() > MOST) {
          Files.deleteIfExists(newest.remove().file());
        }
      }
    }
    while (!newest.isEmpty()) {
      oldestFirst.add(newest.remove().file());
    }
  }
}
