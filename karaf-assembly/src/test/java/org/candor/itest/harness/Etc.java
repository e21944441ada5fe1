package org.candor.itest.harness;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The {@code etc} folder, edited as a person does: one line, all others as they were. File Install
 * writes a file back that it has taken, and may put back what was there before; so, as a careful
 * person, this looks whether an edit was taken, and makes it once more if not. A setting of consent
 * is not waited for, since how fast it is obeyed is measured.
 *
 * @param running whether there is anybody who takes files
 */
public record Etc(Path folder, BooleanSupplier running) {

  private static final Set<String> ANSWERS =
      Set.of("usage", "errors", "versionCheck", "version-check");
  private static final Duration FILLING = Duration.ofSeconds(1);

  /** File Install takes a file a second after the change, a new one two. */
  private static final Duration TAKING = Duration.ofMillis(2500);

  private static final int EDITS = 3;
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
    set(pid, Map.of(key, value));
  }

  /** Sets keys in one edit: File Install can miss one that comes right after another. */
  public void set(String pid, Map<String, String> changes) throws IOException {
    List<String> lines =
        Files.exists(file(pid)) ? new ArrayList<>(text(pid).lines().toList()) : new ArrayList<>();
    changes.forEach((key, value) -> set(lines, key, (key + " = " + value).strip()));
    write(pid, String.join("\n", lines) + "\n");
  }

  private static void set(List<String> lines, String key, String line) {
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
  }

  /** Replaces a whole file, so that nobody reads half of it. */
  public void write(String pid, String text) throws IOException {
    String before = Files.exists(file(pid)) ? text(pid) : "";
    if (before.equals(text)) {
      return;
    }
    Set<Map.Entry<Object, Object>> changes = new HashSet<>(values(text).entrySet());
    changes.removeAll(values(before).entrySet());
    for (int edit = 1; edit <= EDITS; edit++) {
      Path whole = Files.writeString(folder.resolve(pid + ".edited"), text);
      FileTime edited = Files.getLastModifiedTime(whole);
      Files.move(
          whole, file(pid), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (isAnswer(changes) || isKept(pid, changes, edited)) {
        return;
      }
      System.out.println("Karaf undid an edit of " + pid + ".cfg, which is made again");
    }
    throw new AssertionError("Karaf undoes every edit of " + pid + ".cfg");
  }

  /** Waits until File Install has written a file back, before which it undoes another edit. */
  public void awaitTaken(String pid) throws IOException {
    awaitRewritten(pid, Files.getLastModifiedTime(file(pid)));
  }

  private static boolean isAnswer(Set<Map.Entry<Object, Object>> changes) {
    return changes.stream().anyMatch(change -> ANSWERS.contains(change.getKey()));
  }

  private boolean isKept(String pid, Set<Map.Entry<Object, Object>> changes, FileTime edited)
      throws IOException {
    awaitRewritten(pid, edited);
    return values(text(pid)).entrySet().containsAll(changes);
  }

  private void awaitRewritten(String pid, FileTime edited) throws IOException {
    long end = System.nanoTime() + TAKING.toNanos();
    while (running.getAsBoolean()
        && System.nanoTime() < end
        && Files.getLastModifiedTime(file(pid)).equals(edited)) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  private static Map<Object, Object> values(String text) throws IOException {
    Properties values = new Properties();
    values.load(new StringReader(text));
    return values;
  }
}
