package org.candor.core.forget;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.api.control.Forgotten.Named;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.ConfigFile;
import org.candor.core.settings.Etc;
import org.candor.core.store.Replacement;
import org.candor.core.store.Step;
import org.candor.core.store.Unfinished;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases files and puts new ids into others. A file in {@code etc/} says that this has begun, and
 * goes last. Whoever wants to open a store's file or to tell an id has it finished before, so that
 * wherever a crash falls, nothing of before is seen together with anything of after.
 */
@Component(service = {Erasure.class, Unfinished.class})
public final class Erasure implements Unfinished {

  private static final Logger log = LoggerFactory.getLogger(Erasure.class);
  private static final String BEGUN = "org.candor.forget";
  private static final String DIRECTORY = "directory";
  private static final String IDS = "ids";
  private static final List<String> STORES =
      List.of(Outbox.FILE, ChainedJournal.FILE, CrashLog.FILE, HistoryLog.FILE);

  private final Path etc;
  private final Path begun;
  private final IdentityFiles identity;
  private final Step afterEach;
  private boolean ours;
  private volatile boolean finished;

  @Activate
  public Erasure(@Reference Etc etc) {
    this(etc, () -> {});
  }

  /**
   * @param afterEach runs after each step, for tests that fail there
   */
  Erasure(Etc etc, Step afterEach) {
    this.begun = etc.beside(BEGUN);
    this.etc = begun.toAbsolutePath().getParent();
    this.identity = new IdentityFiles(etc);
    this.afterEach = afterEach;
  }

  /**
   * From now on {@link #finish} has something to do, also after a restart.
   *
   * @param directory of the store
   * @param ids to be told in the log should the process end before they could be told otherwise
   */
  synchronized void begin(Path directory, List<Named> ids) throws IOException {
    note()
        .write(
            Map.of(
                DIRECTORY,
                directory.toAbsolutePath().toString(),
                IDS,
                ids.stream()
                    .map(id -> id.name() + " " + id.value())
                    .collect(Collectors.joining(", "))));
    ours = true;
    finished = false;
    afterEach.run();
  }

  @Override
  public void finish() throws IOException {
    if (!finished) {
      finishNow();
    }
  }

  private synchronized void finishNow() throws IOException {
    Optional<Map<String, String>> note = note().read();
    if (note.isPresent()) {
      try {
        erase(Path.of(note.get().getOrDefault(DIRECTORY, "")));
      } catch (IOException e) {
        throw new IOException(
            "telemetry:forget has begun and cannot be finished (" + e + "); nothing leaves before.",
            e);
      }
      if (!ours) {
        log.warn(
            "telemetry:forget was interrupted when Karaf ended, and is finished now. The old ids,"
                + " should you want to ask those who hold your data to erase it: {}.",
            note.get().getOrDefault(IDS, ""));
      }
    }
    finished = true;
  }

  private void erase(Path directory) throws IOException {
    for (String store : STORES) {
      delete(directory, store);
      afterEach.run();
    }
    Replacement.settle(directory);
    identity.renewSecret();
    afterEach.run();
    identity.renewIds();
    afterEach.run();
    Files.delete(begun);
    Replacement.settle(etc);
    afterEach.run();
  }

  /** With its copies and with those that were set aside. */
  private static void delete(Path directory, String store) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, store + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever kept.
    }
  }

  private ConfigFile note() {
    return new ConfigFile(begun, Clock.systemUTC());
  }
}
