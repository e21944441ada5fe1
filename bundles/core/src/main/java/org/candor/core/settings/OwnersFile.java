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
import org.apache.felix.utils.properties.Properties;

/**
 * A {@code .cfg} file of {@code etc/}. It belongs to whoever edits it, and to File Install: Candor
 * only ever reads it.
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
    return spelt()
        .map(
            spelt -> {
              Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
              values.putAll(spelt);
              return values;
            });
  }

  /**
   * As {@link #read}, with the keys as they stand there: some may differ in case only.
   *
   * @throws UnsettledException as {@link #read}
   */
  public Optional<Map<String, String>> spelt() throws IOException {
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
    Properties properties = new Properties(false);
    properties.load(new StringReader(text.startsWith(MARK) ? text.substring(MARK.length()) : text));
    return Optional.of(Map.copyOf(properties));
  }

  /** A file of the future was not written now: a clock was set back. */
  private boolean isWrittenWithin(Duration time) throws IOException {
    Instant written = Files.getLastModifiedTime(path).toInstant();
    return Duration.between(written, clock.instant()).abs().compareTo(time) < 0;
  }
}
