package org.candor.core.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.felix.utils.properties.Properties.PropertiesReader;

/**
 * Read-only configuration file: a {@code .cfg} file of {@code etc/}. It belongs to whoever edits
 * it, and to File Install: Candor only ever reads it.
 */
public final class OwnersFile {

  /** What some editors put before UTF-8, read byte by byte. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  /** Who writes a file in place empties it first, and needs no longer than this to fill it. */
  private static final Duration FILLING = Duration.ofSeconds(2);

  private final Path path;
  private final Clock clock;

  public OwnersFile(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Differs whenever somebody has written the file. */
  public String version() {
    try {
      return Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * The keys, in any case, and values; empty when there is no such file.
   *
   * @throws UnsettledException while somebody is writing it: File Install does so in place, and so
   *     do some editors
   */
  public Optional<Map<String, String>> read() throws IOException {
    return read((one, other) -> other);
  }

  /**
   * As {@link #read()}.
   *
   * @param twice which of two values counts for a key that stands twice
   */
  public Optional<Map<String, String>> read(BinaryOperator<String> twice) throws IOException {
    return read(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), twice);
  }

  /**
   * As {@link #read()}, with the keys as they stand there: some may differ in case only.
   *
   * @throws UnsettledException as {@link #read()}
   */
  public Optional<Map<String, String>> spelt() throws IOException {
    return read(new TreeMap<>(), (one, other) -> other);
  }

  private Optional<Map<String, String>> read(
      Map<String, String> values, BinaryOperator<String> twice) throws IOException {
    String before = version();
    String text;
    try {
      text = Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!version().equals(before) || text.isEmpty() && isWrittenWithin(FILLING)) {
      throw new UnsettledException(path);
    }
    try (PropertiesReader reader =
        new PropertiesReader(new StringReader(withoutMark(text)), false)) {
      while (reader.nextProperty()) {
        values.merge(reader.getPropertyName(), reader.getPropertyValue(), twice);
      }
    }
    return Optional.of(values);
  }

  private static String withoutMark(String text) {
    if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
      return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_16);
    }
    return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
  }

  /** A file of the future was not written now: a clock was set back. */
  private boolean isWrittenWithin(Duration time) throws IOException {
    Instant written = Files.getLastModifiedTime(path).toInstant();
    return Duration.between(written, clock.instant()).abs().compareTo(time) < 0;
  }
}
