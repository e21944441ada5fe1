package org.candor.core.told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.candor.api.report.Sensitivity;
import org.candor.core.settings.StateFile;

/**
 * The memory, where it survives an emptied data folder. One line for each field, purpose,
 * destination and plugin: channel, list, when it was announced, sensitivity, name; separated by
 * tabs. A line that cannot be understood is left out, so that what it was about is announced again.
 *
 * <p>What an earlier build kept, fields only, is taken over once.
 */
final class ToldFile {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Cs}]");
  private static final String HEAD =
      "# What of each channel was announced to this installation's owner, and when: fields, purpose,"
          + " destination. \"-\" waits for nothing.\n";

  private static final String ACCEPTED = "-";

  private static final int COLUMNS = 5;

  private final StateFile state;
  private final Path earlier;

  /**
   * @param earlier the file of earlier builds
   */
  ToldFile(StateFile state, Path earlier) {
    this.state = state;
    this.earlier = earlier;
  }

  /**
   * Reads all; on disk in the present form when this returns, unless nothing can be written.
   *
   * @throws IOException when it cannot be read; the message names the file
   */
  Map<Place, Map<String, Told>> read() throws IOException {
    Map<Place, Map<String, Told>> told = new HashMap<>();
    Optional<String> text = newest();
    if (text.isPresent()) {
      read(text.get(), told);
    } else if (Files.exists(earlier)) {
      read(readEarlier(), told);
      List.copyOf(told.keySet()).forEach(place -> addPlugin(place, told));
    }
    removeEarlier(text.isEmpty(), told);
    return told;
  }

  private Optional<String> newest() throws IOException {
    try {
      return state.newest();
    } catch (IOException e) {
      throw new IOException(
          "etc/" + state.places().get(0).getFileName() + " cannot be read (" + e + ")", e);
    }
  }

  private String readEarlier() throws IOException {
    try {
      return Files.readString(earlier);
    } catch (IOException e) {
      throw new IOException("etc/" + earlier.getFileName() + " cannot be read (" + e + ")", e);
    }
  }

  /** The earlier build announced a plugin with its fields. */
  private static void addPlugin(Place place, Map<Place, Map<String, Told>> told) {
    if (place.isOfFields()) {
      told.computeIfAbsent(place.owner(), p -> new HashMap<>())
          .put(place.plugin(), new Told(Optional.empty(), Sensitivity.NONE));
    }
  }

  /** Where it cannot be written or removed it stays, and is taken over again, or not looked at. */
  private void removeEarlier(boolean takenOver, Map<Place, Map<String, Told>> told) {
    if (Files.exists(earlier)) {
      try {
        if (takenOver) {
          write(told);
        }
        Files.delete(earlier);
      } catch (IOException e) {
        // The next write says so.
      }
    }
  }

  private static void read(String text, Map<Place, Map<String, Told>> told) {
    text.lines().forEach(line -> readLine(line, told));
  }

  private static void readLine(String line, Map<Place, Map<String, Told>> told) {
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
                  told.computeIfAbsent(new Place(columns[0], columns[1]), p -> new HashMap<>())
                      .put(columns[4], new Told(at, sensitivity)));
    } catch (DateTimeParseException e) {
      // As if it were not there.
    }
  }

  /** Replaces the file; on disk when this returns. */
  void write(Map<Place, Map<String, Told>> told) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    Map<String, Map<String, Told>> sorted = new TreeMap<>();
    told.forEach((place, fields) -> sorted.put(place.channel() + "\t" + place.plugin(), fields));
    sorted.forEach(
        (place, fields) ->
            new TreeMap<>(fields)
                .forEach(
                    (name, one) ->
                        text.append(
                            String.join(
                                "\t",
                                place,
                                one.at().map(Instant::toString).orElse(ACCEPTED),
                                one.sensitivity().label(),
                                name + "\n"))));
    state.write(text.toString());
  }

  /** A name as the file has it. */
  static String name(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
