package org.candor.core.settings;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.utils.properties.Properties;

/**
 * A file of {@code etc/} that people edit and Candor writes too: comments, order and other keys
 * stay as they are, and a reader sees the old file or the new one, never half of one.
 */
public final class ConfigFile {

  private final Path path;

  public ConfigFile(Path path) {
    this.path = path;
  }

  /** The keys and values; empty when there is no such file. */
  public Optional<Map<String, String>> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    return Optional.of(new TreeMap<>(load()));
  }

  /** Differs whenever somebody has written the file. */
  public String version() {
    try {
      return Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException e) {
      return "";
    }
  }

  /** Sets the given keys; on disk when this returns. */
  public void write(Map<String, String> changes) throws IOException {
    Properties properties = Files.exists(path) ? load() : new Properties(false);
    changes.forEach(properties::put);
    StringWriter text = new StringWriter();
    properties.save(text);
    Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
    try {
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        out.write(StandardCharsets.ISO_8859_1.encode(text.toString()));
        out.force(true);
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Properties load() throws IOException {
    Properties properties = new Properties(false);
    properties.load(path.toFile());
    return properties;
  }
}
