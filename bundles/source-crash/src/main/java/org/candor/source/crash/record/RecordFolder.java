package org.candor.source.crash.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.candor.api.crash.Crash;
import org.candor.api.text.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code *.json} files of one folder. A file goes only after its crash was taken, and its
 * crash's id stays the same until then, so that no crash is lost or counted twice wherever this
 * process is killed. For one thread.
 */
public final class RecordFolder {

  /** More is not a crash record. */
  static final int MOST_BYTES = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(RecordFolder.class);

  /** What is bad may be a file that is still being copied here. */
  private static final Duration FINISHED = Duration.ofSeconds(2);

  private static final int STUCK = 10_000;

  private final Path directory;
  private final Clock clock;
  private final Deletion deletion;
  private final RejectedFiles rejected;
  private final Set<String> stuck = new LinkedHashSet<>();

  public RecordFolder(Path directory, Clock clock) {
    this(directory, clock, Files::deleteIfExists);
  }

  RecordFolder(Path directory, Clock clock, Deletion deletion) {
    this.directory = directory;
    this.clock = clock;
    this.deletion = deletion;
    this.rejected = new RejectedFiles(directory);
  }

  /** How a file is removed. */
  interface Deletion {
    void delete(Path file) throws IOException;
  }

  /** What became of a round through the folder. */
  public enum Round {
    /** Nothing is left to be done. */
    DONE,
    /** Something is unfinished, or could not be taken: look again later. */
    AGAIN
  }

  /**
   * Offers each record's crash, and removes the file of each that is taken.
   *
   * @param take whether a crash was taken
   * @param enough asked with each file before it is read, whether to end early
   */
  public Round workOff(Predicate<Crash> take, Predicate<Path> enough) {
    Round round = Round.DONE;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
      for (Path file : files) {
        if (stuck.contains(file.getFileName().toString())) {
          continue;
        }
        if (enough.test(file)) {
          return Round.AGAIN;
        }
        if (!settle(file, take)) {
          round = Round.AGAIN;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Round.DONE;
    } catch (IOException | DirectoryIteratorException e) {
      log.warn(
          "{} cannot be read ({}); trying again.", shown(directory), PlainText.line(e.toString()));
      return Round.AGAIN;
    }
    return round;
  }

  /** Whether the file needs no other look. */
  private boolean settle(Path file, Predicate<Crash> take) {
    String name = file.getFileName().toString();
    try {
      BasicFileAttributes seen =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!seen.isRegularFile()) {
        stick(name, "it is not a regular file");
        return true;
      }
      Instant written = seen.lastModifiedTime().toInstant();
      Crash crash;
      try {
        crash = read(file, seen, written);
      } catch (BadRecordException e) {
        if (clock.instant().isBefore(written.plus(FINISHED))
            && !clock.instant().isBefore(written.minus(FINISHED))) {
          return false;
        }
        reject(file, name, e.getMessage());
        return true;
      }
      if (!take.test(crash)) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      stick(name, "it cannot be read (" + e + ")");
      return true;
    }
    remove(file, name);
    return true;
  }

  private static Crash read(Path file, BasicFileAttributes seen, Instant written)
      throws IOException, BadRecordException {
    if (seen.size() > MOST_BYTES) {
      throw new BadRecordException("it is larger than 1 MiB");
    }
    byte[] bytes;
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(
                file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new BadRecordException("it is larger than 1 MiB");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    String traces = file.getFileName() + "\n" + seen.lastModifiedTime() + "\n" + text;
    return RecordReader.read(text, Crash.idFrom(traces), written);
  }

  private void reject(Path file, String name, String why) {
    try {
      String now = rejected.take(file);
      log.error(
          "{} is not a crash record: {}. It is kept as {}.",
          shown(file),
          PlainText.line(why),
          PlainText.line(now));
    } catch (IOException e) {
      stick(name, why + "; and it cannot be renamed (" + e + ")");
    }
  }

  private void remove(Path file, String name) {
    try {
      deletion.delete(file);
    } catch (IOException e) {
      stick(name, "its crash was taken; and it cannot be deleted (" + e + ")");
    }
  }

  /** Whoever drops a file chooses its name. */
  private static String shown(Path file) {
    return PlainText.line(file.toString());
  }

  private void stick(String name, String why) {
    log.error(
        "{} is left where it is and not read again: {}.",
        shown(directory.resolve(name)),
        PlainText.line(why));
    stuck.add(name);
    if (stuck.size() > STUCK) {
      Iterator<String> oldest = stuck.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
