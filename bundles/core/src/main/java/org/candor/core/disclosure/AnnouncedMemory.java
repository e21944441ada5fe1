package org.candor.core.disclosure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.core.settings.Etc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Write-through cache: what was announced, in memory as it is on disk. Not thread-safe. */
final class AnnouncedMemory {

  private static final Logger log = LoggerFactory.getLogger(AnnouncedMemory.class);
  private static final String FILE = "org.candor.announced";
  private static final String EARLIER = "org.candor.fields.told";

  /** How long at least until another try, when the file cannot be written. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final AnnouncedFile file;
  private final Map<DisclosureKey, Map<String, AnnouncedEntry>> announcedFields = new HashMap<>();
  private boolean read;
  private Optional<String> unreadable = Optional.empty();
  private String damage = "";
  private Optional<Instant> nextTry = Optional.empty();

  AnnouncedMemory(Etc etc, Clock clock) {
    this.file = new AnnouncedFile(etc.state(FILE), etc.beside(EARLIER), clock);
  }

  /**
   * Reads the file, if that was not done.
   *
   * @throws IOException when it cannot be read: nobody knows then what was announced
   */
  void ensureRead() throws IOException {
    if (!read) {
      try {
        announcedFields.putAll(file.read());
      } catch (IOException e) {
        throw new IOException(unreadable(e), e);
      }
      read = true;
      damaged(file.setAside());
      unreadable.ifPresent(before -> log.info("etc/{} can be read again.", FILE));
      unreadable = Optional.empty();
    }
  }

  private void damaged(List<Path> setAside) {
    if (!setAside.isEmpty()) {
      damage =
          "etc/"
              + FILE
              + " was damaged and is kept as "
              + setAside.stream().map(Path::toString).collect(Collectors.joining(", "))
              + ". Nobody knows what it said, so that it is announced again.";
      log.error("{} Until its grace period has passed, or you accept it, it is withheld.", damage);
    }
  }

  /** What is damaged of what was announced before; empty when nothing is. */
  String damage() {
    return damage;
  }

  private String unreadable(IOException e) {
    String why = e.getMessage() + ". Let this user read it; it is text in UTF-8.";
    if (unreadable.isEmpty()) {
      log.error(
          "{} Until then it is unknown what was announced to you, and no report is sent.", why);
    }
    unreadable = Optional.of(why);
    return why;
  }

  boolean isRead() {
    return read;
  }

  /** What keeps it from being read or written; empty when nothing does. */
  Optional<String> problem() {
    return unreadable.or(
        () ->
            nextTry.map(
                next ->
                    "etc/"
                        + FILE
                        + " cannot be written, so that it would be unknown later what was announced"
                        + " to you; let this user write it."));
  }

  /** When it may be written again; empty unless it could not. */
  Optional<Instant> nextTry() {
    return nextTry;
  }

  Optional<AnnouncedEntry> find(DisclosureKey key, String name) {
    return Optional.ofNullable(announcedFields.getOrDefault(key, Map.of()).get(name));
  }

  boolean has(DisclosureKey key) {
    return announcedFields.containsKey(key);
  }

  /** Whether the formatter or sink with this key was announced. */
  boolean hasPlugin(DisclosureKey key) {
    return has(key) || find(key.owner(), AnnouncedFile.name(key.plugin())).isPresent();
  }

  boolean hasChannel(String channel) {
    return announcedFields.keySet().stream().anyMatch(key -> key.channel().equals(channel));
  }

  Set<String> names(DisclosureKey key) {
    return Set.copyOf(announcedFields.getOrDefault(key, Map.of()).keySet());
  }

  /** All of it, to be changed and kept. */
  Map<DisclosureKey, Map<String, AnnouncedEntry>> copy() {
    Map<DisclosureKey, Map<String, AnnouncedEntry>> copy = new HashMap<>();
    announcedFields.forEach((key, names) -> copy.put(key, new HashMap<>(names)));
    return copy;
  }

  /**
   * Knows all of this, if it can be written.
   *
   * @param otherwise what becomes of it while it cannot be, for the log
   * @return whether it could
   */
  boolean keep(Map<DisclosureKey, Map<String, AnnouncedEntry>> all, String otherwise, Instant now) {
    try {
      file.write(all);
      announcedFields.putAll(all);
      nextTry = Optional.empty();
      return true;
    } catch (IOException e) {
      if (nextTry.isEmpty()) {
        log.error(
            "etc/{} cannot be written ({}). {} until it can. Let this user write that file.",
            FILE,
            e.toString(),
            otherwise);
      }
      nextTry = Optional.of(now.plus(AGAIN));
      return false;
    }
  }
}
