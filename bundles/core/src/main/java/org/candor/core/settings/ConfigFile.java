package org.candor.core.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.utils.properties.Properties;
import org.candor.core.store.Replacement;

/**
 * A file of {@code etc/} that people edit and Candor writes too: comments, order and other keys
 * stay as they are, and a reader sees the old file or the new one, never half of one.
 */
public final class ConfigFile {

  /** What some editors put before UTF-8, read byte by byte. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  /** Who writes a file in place empties it first, and needs no longer than this to fill it. */
  private static final Duration FILLING = Duration.ofSeconds(2);

  /** File Install looks once a second. */
  private static final Duration TAKING = Duration.ofMillis(1500);

  private static final Duration KEEPING = Duration.ofSeconds(2);

  private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();

  private final Path path;
  private final Clock clock;
  private final ConfigCopy copy;

  public ConfigFile(Path path, Clock clock) {
    this(path, clock, ConfigCopy.NONE);
  }

  ConfigFile(Path path, Clock clock, ConfigCopy copy) {
    this.path = path;
    this.clock = clock;
    this.copy = copy;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * The keys, in any case, and values; empty when there is no such file.
   *
   * @throws UnsettledException while somebody is writing it: File Install does so in place, after
   *     every change, and so do some editors
   */
  public Optional<Map<String, String>> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    String before = version();
    Map<String, String> values = values();
    if (!version().equals(before) || values.isEmpty() && isBeingFilled()) {
      throw new UnsettledException(path);
    }
    return Optional.of(values);
  }

  private boolean isBeingFilled() throws IOException {
    return Files.size(path) == 0 && isWrittenWithin(FILLING);
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
   * Waits until the framework has taken what somebody else wrote a moment ago, so that it does not
   * put that back over what is written next; a second and a half at most, and usually not at all.
   */
  public void awaitTaken() throws IOException {
    long end = System.nanoTime() + TAKING.toNanos();
    while (System.nanoTime() < end
        && Files.exists(path)
        && isWrittenWithin(TAKING)
        && (isBeingFilled() || !copy.agrees(values()))) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  /** A file of the future was not written now: a clock was set back. */
  private boolean isWrittenWithin(Duration time) throws IOException {
    Instant written = Files.getLastModifiedTime(path).toInstant();
    return Duration.between(written, clock.instant()).abs().compareTo(time) < 0;
  }

  /**
   * Waits until the framework has nothing older left to put back over what was written, and has
   * written the same; two seconds at most.
   */
  public void awaitKept(Map<String, String> changes) throws IOException {
    long end = System.nanoTime() + KEEPING.toNanos();
    while (System.nanoTime() < end && !(copy.isTold() && holds(changes))) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  /** Whether the framework has these values by now, none where they are empty. */
  public boolean isCopied(Map<String, String> values) throws IOException {
    return copy.holds(values);
  }

  private boolean holds(Map<String, String> changes) throws IOException {
    Map<String, String> values = values();
    return changes.entrySet().stream()
        .allMatch(change -> change.getValue().equals(values.get(change.getKey())));
  }

  /**
   * Sets the given keys, in Config Admin's copy too; on disk when this returns.
   *
   * @return all that the file says by now
   */
  public Map<String, String> write(Map<String, String> changes) throws IOException {
    boolean exists = Files.exists(path);
    Properties properties = exists ? whole() : new Properties(false);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      properties.put(spelling(properties, change.getKey()), change.getValue());
    }
    StringWriter text = new StringWriter();
    properties.save(text);
    // A link stays one: what it leads to is what people edit.
    Path target = exists ? path.toRealPath() : path;
    Path fresh = target.resolveSibling("." + path.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      create(fresh, exists ? Optional.of(target) : Optional.empty());
      Replacement.fill(fresh, StandardCharsets.ISO_8859_1.encode(text.toString()));
      Replacement.move(fresh, target);
    } finally {
      Files.deleteIfExists(fresh);
    }
    copy.take(properties);
    return values(properties);
  }

  /** Makes an empty file that nobody may read who may not read the other. */
  private static void create(Path fresh, Optional<Path> like) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(like.orElse(fresh), PosixFileAttributeView.class);
    if (like.isEmpty() || view == null) {
      Files.createFile(fresh);
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(permissions));
    Files.setPosixFilePermissions(fresh, permissions);
  }

  private static String spelling(Properties properties, String key) {
    return properties.keySet().stream().filter(key::equalsIgnoreCase).findFirst().orElse(key);
  }

  /** Waits for whoever is writing the file, so that none of the other keys is lost. */
  private Properties whole() throws IOException {
    long end = System.nanoTime() + FILLING.toNanos();
    while (true) {
      String before = version();
      Properties properties = load();
      if (version().equals(before) && !(properties.isEmpty() && isBeingFilled())) {
        return properties;
      }
      if (System.nanoTime() > end) {
        throw new UnsettledException(path);
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  private Map<String, String> values() throws IOException {
    return values(load());
  }

  private static Map<String, String> values(Properties properties) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.putAll(properties);
    return values;
  }

  private Properties load() throws IOException {
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    Properties properties = new Properties(false);
    properties.load(new StringReader(text.startsWith(MARK) ? text.substring(MARK.length()) : text));
    return properties;
  }
}
