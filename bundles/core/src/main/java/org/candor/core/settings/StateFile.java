package org.candor.core.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.file.OwnerOnly;
import org.candor.core.store.AtomicFileWriter;
import org.candor.core.store.IoAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable state file, written atomically (fsync and rename, so that a crash leaves the old content
 * or the new). It holds state of Candor's own, apart from settings: nobody else writes it, and it
 * outlives the data folder. It lies in {@code etc/}, or in {@code var/candor} where {@code etc/}
 * cannot be written, or in both; both are read.
 *
 * <p>A file's first line counts how often it was written, so that of two copies the newer is known.
 * Not thread-safe.
 */
public final class StateFile {

  private static final Logger log = LoggerFactory.getLogger(StateFile.class);

  private static final Pattern GENERATION =
      Pattern.compile("# Candor keeps this file; nobody else writes it\\. Generation (\\d{1,18})");

  private final Path usual;
  private final Path fallback;
  private final boolean doubled;
  private final IoAction afterEach;

  StateFile(Path usual, Path fallback, boolean doubled) {
    this(usual, fallback, doubled, () -> {});
  }

  /**
   * @param doubled whether it is kept in both places where both can be written, so that an old
   *     backup of one does not take away what the other knows
   * @param afterEach runs after each step on disk, for tests that crash there
   */
  public StateFile(Path usual, Path fallback, boolean doubled, IoAction afterEach) {
    this.usual = usual;
    this.fallback = fallback;
    this.doubled = doubled;
    this.afterEach = afterEach;
  }

  /**
   * One copy.
   *
   * @param path where it lies
   * @param generation how often it had been written; 0 when it does not say
   * @param text its content without the line that says so
   */
  public record Copy(Path path, long generation, String text) {

    private static Copy of(Path path, String content) {
      int end = content.indexOf('\n');
      Matcher head = GENERATION.matcher(end < 0 ? content : content.substring(0, end).strip());
      return head.matches()
          ? new Copy(path, Long.parseLong(head.group(1)), content.substring(end + 1))
          : new Copy(path, 0, content);
    }
  }

  /**
   * What lies in either place, the newest first.
   *
   * @throws IOException when one of them cannot be read: nobody knows then what it says
   */
  public List<Copy> copies() throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (Path place : List.of(usual, fallback)) {
      if (!Files.isDirectory(place.toAbsolutePath().getParent())) {
        continue;
      }
      try {
        copies.add(Copy.of(place, Files.readString(place)));
      } catch (NoSuchFileException e) {
        // Nothing was ever kept there.
      }
    }
    copies.sort(Comparator.comparingLong(Copy::generation).reversed());
    return copies;
  }

  /** The newest content; empty when there is none. */
  public Optional<String> newest() throws IOException {
    return copies().stream().findFirst().map(Copy::text);
  }

  /** Whether there is any. */
  public boolean exists() {
    return Files.exists(usual) || Files.exists(fallback);
  }

  /** Differs whenever one of the copies was written. */
  public String version() {
    return version(usual) + " " + version(fallback);
  }

  private static String version(Path place) {
    try {
      return Files.getLastModifiedTime(place) + "/" + Files.size(place);
    } catch (IOException e) {
      return "";
    }
  }

  /** Where it is looked for, the usual place first. */
  public List<Path> places() {
    return List.of(usual, fallback);
  }

  /**
   * Replaces the content; on disk when this returns.
   *
   * @throws IOException when neither place can be written
   */
  public void write(String text) throws IOException {
    long generation = copies().stream().mapToLong(Copy::generation).max().orElse(0) + 1;
    String content =
        "# Candor keeps this file; nobody else writes it. Generation " + generation + "\n" + text;
    try {
      replace(usual, content);
    } catch (IOException e) {
      try {
        OwnerOnly.createDirectories(fallback.getParent());
        replace(fallback, content);
      } catch (IOException second) {
        second.addSuppressed(e);
        throw new IOException(
            "neither "
                + usual
                + " ("
                + e
                + ") nor "
                + fallback
                + " can be written ("
                + second
                + ")",
            second);
      }
      return;
    }
    if (doubled) {
      copy(content);
    } else if (Files.exists(fallback)) {
      Files.delete(fallback);
    }
    afterEach.run();
  }

  /** It is on disk already, so that this may fail. */
  private void copy(String content) {
    try {
      OwnerOnly.createDirectories(fallback.getParent());
      replace(fallback, content);
    } catch (IOException e) {
      log.debug("{} has no copy in {}", usual, fallback, e);
    }
  }

  /** Removes what lies in either place; on disk when this returns. */
  public void delete() throws IOException {
    for (Path place : List.of(usual, fallback)) {
      if (Files.exists(place)) {
        Files.delete(place);
        AtomicFileWriter.settle(place.toAbsolutePath().getParent());
      }
    }
  }

  private void replace(Path place, String content) throws IOException {
    // A link stays one: what it leads to is replaced.
    Path target = Files.exists(place) ? place.toRealPath() : place;
    Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      afterEach.run();
      AtomicFileWriter.fill(fresh, StandardCharsets.UTF_8.encode(content));
      afterEach.run();
      AtomicFileWriter.move(fresh, target);
      afterEach.run();
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
