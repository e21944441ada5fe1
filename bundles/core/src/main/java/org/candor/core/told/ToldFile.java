package org.candor.core.told;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.candor.api.report.Sensitivity;
import org.candor.core.store.Replacement;

/**
 * The memory in {@code etc/}, where it survives an emptied data folder. One line for each field:
 * channel, formatter or sink, when it was told, sensitivity, name; separated by tabs. A line that
 * cannot be understood is left out, so that its field is told of again.
 */
final class ToldFile {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Cs}]");
  private static final String HEAD =
      "# Which fields this installation's owner was told of, and when. Candor writes this file.\n";

  private static final String WITH_THE_CHANNEL = "-";

  private static final int COLUMNS = 5;

  private final Path path;

  ToldFile(Path path) {
    this.path = path;
  }

  Map<Place, Map<String, Told>> read() throws IOException {
    Map<Place, Map<String, Told>> told = new HashMap<>();
    if (Files.exists(path)) {
      for (String line : Files.readString(path).split("\\R")) {
        read(line, told);
      }
    }
    return told;
  }

  private static void read(String line, Map<Place, Map<String, Told>> told) {
    String[] columns = line.split("\t", COLUMNS);
    if (line.startsWith("#") || columns.length < COLUMNS) {
      return;
    }
    try {
      Optional<Instant> at =
          columns[2].equals(WITH_THE_CHANNEL)
              ? Optional.empty()
              : Optional.of(Instant.parse(columns[2]));
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
                                one.at().map(Instant::toString).orElse(WITH_THE_CHANNEL),
                                one.sensitivity().label(),
                                name + "\n"))));
    // A link stays one.
    Path target = Files.exists(path) ? path.toRealPath() : path;
    Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh);
      Replacement.fill(fresh, StandardCharsets.UTF_8.encode(text.toString()));
      Replacement.move(fresh, target);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A field's name as the file has it. */
  static String name(String field) {
    return UNPRINTABLE.matcher(field).replaceAll("?");
  }
}
