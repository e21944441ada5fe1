package org.candor.core.disclosure;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.candor.api.report.Sensitivity;
import org.candor.core.settings.StateFile;

/**
 * Durable form of the announcements, which survives an emptied data folder. One line for each
 * field, purpose, destination and plugin: channel, list, when it was announced, sensitivity, name;
 * separated by tabs; then the checksum of all of them (CRC-32C). A file that does not fit its
 * checksum, or of which nothing can be understood, is set aside, so that all of it is announced
 * again; a single line that cannot be understood is left out, as one of a later version.
 *
 * <p>What an earlier build kept, fields only, is taken over once.
 */
final class AnnouncedFile {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Cs}]");
  private static final String HEAD =
      "# What of each channel was announced to this installation's owner, and when: fields,"
          + " purpose, destination. \"-\" waits for nothing.\n";

  private static final String CHECKSUM = "# CRC-32C ";
  private static final String ACCEPTED = "-";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int COLUMNS = 5;

  private final StateFile state;
  private final Path earlier;
  private final Clock clock;
  private List<Path> setAside = List.of();

  /**
   * @param earlier the file of earlier builds
   */
  AnnouncedFile(StateFile state, Path earlier, Clock clock) {
    this.state = state;
    this.earlier = earlier;
    this.clock = clock;
  }

  /** Where damaged files are kept that were found when it was read last. */
  List<Path> setAside() {
    return setAside;
  }

  /**
   * Reads all; on disk in the present form when this returns, unless nothing can be written.
   *
   * @throws IOException when it cannot be read; the message names the file
   */
  Map<DisclosureKey, Map<String, AnnouncedEntry>> read() throws IOException {
    Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields = new HashMap<>();
    Optional<String> text = newest();
    if (text.isPresent()) {
      read(text.get(), announcedFields);
    } else if (Files.exists(earlier)) {
      read(readEarlier(), announcedFields);
      List.copyOf(announcedFields.keySet()).forEach(key -> addPlugin(key, announcedFields));
    }
    removeEarlier(text.isEmpty(), announcedFields);
    return announcedFields;
  }

  private Optional<String> newest() throws IOException {
    setAside = List.of();
    try {
      for (Path place : state.places()) {
        setAsideIfDamaged(place);
      }
      return state.newest();
    } catch (IOException e) {
      throw new IOException(
          "etc/" + state.places().get(0).getFileName() + " cannot be read (" + e + ")", e);
    }
  }

  private void setAsideIfDamaged(Path place) throws IOException {
    if (Files.exists(place) && isDamaged(place)) {
      Path aside =
          place.resolveSibling(place.getFileName() + ".set-aside-" + STAMP.format(clock.instant()));
      Files.move(place, aside);
      setAside = Stream.concat(setAside.stream(), Stream.of(aside)).toList();
    }
  }

  private static boolean isDamaged(Path place) throws IOException {
    String text;
    try {
      text = Files.readString(place);
    } catch (CharacterCodingException e) {
      return true;
    }
    int sum = text.lastIndexOf(CHECKSUM);
    if (sum >= 0) {
      int begin = text.indexOf(HEAD);
      return begin < 0 || !checksum(text.substring(begin, sum)).equals(text.substring(sum).strip());
    }
    Map<DisclosureKey, Map<String, AnnouncedEntry>> understood = new HashMap<>();
    read(text, understood);
    return understood.isEmpty()
        && text.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return CHECKSUM + "%08x".formatted(crc.getValue());
  }

  private String readEarlier() throws IOException {
    try {
      setAsideIfDamaged(earlier);
      return Files.exists(earlier) ? Files.readString(earlier) : "";
    } catch (IOException e) {
      throw new IOException("etc/" + earlier.getFileName() + " cannot be read (" + e + ")", e);
    }
  }

  /** The earlier build announced a plugin with its fields. */
  private static void addPlugin(
      DisclosureKey key, Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields) {
    if (key.isOfFields()) {
      announcedFields
          .computeIfAbsent(key.owner(), p -> new HashMap<>())
          .put(key.plugin(), new AnnouncedEntry(Optional.empty(), Sensitivity.NONE));
    }
  }

  /** Where it cannot be written or removed it stays, and is taken over again, or not looked at. */
  private void removeEarlier(
      boolean takenOver, Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields) {
    if (Files.exists(earlier)) {
      try {
        if (takenOver) {
          write(announcedFields);
        }
        Files.delete(earlier);
      } catch (IOException e) {
        // The next write says so.
      }
    }
  }

  private static void read(
      String text, Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields) {
    text.lines().forEach(line -> readLine(line, announcedFields));
  }

  private static void readLine(
      String line, Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields) {
    String[] columns = line.split("\t", COLUMNS);
    if (line.startsWith("#") || columns.length < COLUMNS) {
      return;
    }
    try {
      Optional<Instant> at =
          columns[2].equals(ACCEPTED) ? Optional.empty() : Optional.of(Instant.parse(columns[2]));
      Arrays.stream(Sensitivity.values())
          .filter(sensitivity -> sensitivity.label().equals(columns[3]))
          .findFirst()
          .ifPresent(
              sensitivity ->
                  announcedFields
                      .computeIfAbsent(
                          new DisclosureKey(columns[0], columns[1]), p -> new HashMap<>())
                      .put(columns[4], new AnnouncedEntry(at, sensitivity)));
    } catch (DateTimeParseException e) {
      // As if it were not there.
    }
  }

  /** Replaces the file; on disk when this returns. */
  void write(Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    Map<String, Map<String, AnnouncedEntry>> sorted = new TreeMap<>();
    announcedFields.forEach(
        (key, fields) -> sorted.put(key.channel() + "\t" + key.plugin(), fields));
    sorted.forEach(
        (key, fields) ->
            new TreeMap<>(fields)
                .forEach(
                    (name, one) ->
                        text.append(
                            String.join(
                                "\t",
                                key,
                                one.at().map(Instant::toString).orElse(ACCEPTED),
                                one.sensitivity().label(),
                                name + "\n"))));
    state.write(text + checksum(text.toString()) + "\n");
  }

  /** A name as the file has it. */
  static String name(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
