package org.candor.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The {@code etc} folder, edited as a person does: one line, all others as they were. */
public record Etc(Path folder) {

  public Path file(String pid) {
    return folder.resolve(pid + ".cfg");
  }

  public String text(String pid) throws IOException {
    return Files.readString(file(pid));
  }

  /** Sets a key; a file that is missing begins. */
  public void set(String pid, String key, String value) throws IOException {
    List<String> lines =
        Files.exists(file(pid))
            ? new ArrayList<>(Files.readAllLines(file(pid)))
            : new ArrayList<>();
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
