package org.candor.itest.fields;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.ReportKind;

/**
 * A channel as its file in {@code etc/} is shipped.
 *
 * @param description the comment at the file's beginning
 */
record ShippedChannel(
    String name,
    String description,
    String purpose,
    ReportKind report,
    String formatter,
    String sink) {

  private static final Path FILES = Path.of("..", "features", "src", "main", "cfg");
  private static final String PREFIX = "org.candor.channel-";

  /** Every one, by name. */
  static List<ShippedChannel> all() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(PREFIX))
          .map(ShippedChannel::read)
          .sorted(Comparator.comparing(ShippedChannel::name))
          .toList();
    }
  }

  private static ShippedChannel read(Path file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
      String description =
          Files.readAllLines(file).stream()
              .takeWhile(line -> line.startsWith("#"))
              .map(line -> line.substring(1).strip())
              .collect(Collectors.joining(" "));
      return new ShippedChannel(
          file.getFileName().toString().replace(PREFIX, "").replace(".cfg", ""),
          description,
          properties.getProperty("purpose"),
          ReportKind.of(properties.getProperty("report")).orElseThrow(),
          properties.getProperty("formatter"),
          properties.getProperty("sink"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What may leave through it, the formatter's fields first. */
  List<Field> fields() throws IOException {
    FieldCatalogue own = Plugin.of("formatter", formatter).formatter(Map.of()).fields();
    return own.and(Plugin.of("sink", sink).sink(Map.of()).fields()).fields();
  }
}
