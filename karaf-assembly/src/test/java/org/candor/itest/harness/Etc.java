package org.candor.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The {@code etc} folder, edited as a person does: one line, all others as they were. */
public record Etc(Path folder) {

  private static final Duration FILLING = Duration.ofSeconds(1);
  private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

  public Path file(String pid) {
    return folder.resolve(pid + ".cfg");
  }

  /** The whole file: File Install empties one before it writes it. */
  public String text(String pid) throws IOException {
    long end = System.nanoTime() + FILLING.toNanos();
    String text = Files.readString(file(pid));
    while (text.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN);
      text = Files.readString(file(pid));
    }
    return text;
  }

  /** Sets a key; a file that is missing begins. */
  public void set(String pid, String key, String value) throws IOException {
    List<String> lines =
        Files.exists(file(pid)) ? new ArrayList<>(text(pid).lines().toList()) : new ArrayList<>();
    String line = (key + " = " + value).strip();
    boolean found = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(java.util.regex.Pattern.quote(key) + "\\s*=.*")) {
        lines.set(i, line);
        found = true;
      }
    }
    if (!found) {
      lines.add(line);
    }
    write(pid, String.join("\n", lines) + "\n");
  }

  /** Replaces a whole file, so that nobody reads half of it. */
  public void write(String pid, String text) throws IOException {
    if (Files.exists(file(pid)) && text(pid).equals(text)) {
      return;
    }
    Path whole = Files.writeString(folder.resolve(pid + ".edited"), text);
    Files.move(
        whole, file(pid), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
