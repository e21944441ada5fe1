package org.candor.source.crash.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.candor.api.crash.Crash;

/**
 * Finds the {@code hs_err} files of this installation's earlier processes: in the working folder,
 * in Karaf's, and where {@code -XX:ErrorFile} says.
 */
final class HsErrFiles {

  /** Older ones tell of nothing that anybody still wants to know. */
  private static final Duration OLDEST = Duration.ofDays(30);

  private static final int MOST = 20;
  private static final int MOST_BYTES = 4 << 20;
  private static final String OPTION = "-XX:ErrorFile=";
  private static final String USUAL = "hs_err_pid%p.log";

  private final List<Place> places;

  /**
   * @param folders where HotSpot writes unless told otherwise
   * @param arguments of the Java VM
   */
  HsErrFiles(List<Path> folders, List<String> arguments) {
    Set<Place> all = new LinkedHashSet<>();
    folders.forEach(folder -> all.add(Place.of(folder.resolve(USUAL))));
    for (String argument : arguments) {
      if (argument.startsWith(OPTION)) {
        place(folders.get(0), argument.substring(OPTION.length())).ifPresent(all::add);
      }
    }
    places = List.copyOf(all);
  }

  private static Optional<Place> place(Path working, String pattern) {
    try {
      return Optional.of(Place.of(working.resolve(pattern)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A folder and the names in it, with {@code %p} for the process id. */
  private record Place(Path folder, String name) {

    static Place of(Path pattern) {
      Path absolute = pattern.toAbsolutePath().normalize();
      return new Place(absolute.getParent(), absolute.getFileName().toString());
    }

    boolean holds(Path file) {
      String digits = Pattern.quote(name).replace("%p", "\\E\\d+\\Q");
      return file.getFileName().toString().matches(digits);
    }
  }

  /**
   * One that was found.
   *
   * @param id from its content
   * @param at when it was written
   */
  record Found(String id, Instant at, HsErr content) {}

  /** Those that were written lately, the oldest first. */
  List<Found> find(Instant now) throws IOException {
    List<Found> all = new ArrayList<>();
    for (Candidate candidate : candidates(now)) {
      String text = read(candidate.file());
      HsErr.of(text)
          .ifPresent(
              content ->
                  all.add(new Found(Crash.idFrom("hs_err\n" + text), candidate.at(), content)));
    }
    return all;
  }

  private record Candidate(Path file, Instant at) {}

  private List<Candidate> candidates(Instant now) throws IOException {
    Set<Candidate> all = new LinkedHashSet<>();
    for (Place place : places) {
      if (!Files.isDirectory(place.folder())) {
        continue;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(place.folder(), place::holds)) {
        for (Path file : files) {
          BasicFileAttributes seen =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          Instant at = seen.lastModifiedTime().toInstant();
          if (seen.isRegularFile() && at.isAfter(now.minus(OLDEST))) {
            all.add(new Candidate(file, at));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    List<Candidate> sorted = all.stream().sorted(Comparator.comparing(Candidate::at)).toList();
    return sorted.subList(Math.max(0, sorted.size() - MOST), sorted.size());
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }
}
