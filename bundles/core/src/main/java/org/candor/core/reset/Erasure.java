package org.candor.core.reset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.candor.control.Forgotten.Named;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.settings.KeyValues;
import org.candor.core.settings.StateFile;
import org.candor.core.store.AtomicFileWriter;
import org.candor.core.store.IoAction;
import org.candor.core.store.StartupRecovery;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Crash-safe, idempotent erasure: removes files and puts new ids into others. Write-ahead: a state
 * file says that this has begun, and goes last. Whoever wants to open a store's file or to read an
 * id has it finished before, so that wherever a crash falls, nothing of before is seen together
 * with anything of after.
 *
 * <p>Of an installation that is made ready to be copied, the state file stays until the next start,
 * wherever that is, and until then nothing can be opened or read. That start erases once more what
 * was made meanwhile. Thread-safe.
 */
@Component(service = {Erasure.class, StartupRecovery.class})
public final class Erasure implements StartupRecovery {

  private static final Logger log = LoggerFactory.getLogger(Erasure.class);
  private static final String BEGUN = "org.candor.forget";
  private static final String DIRECTORY = "directory";
  private static final String IDS = "ids";

  /** The start in which this was made ready to be copied. */
  private static final String IMAGE = "image";

  private static final List<String> STORES =
      List.of(Outbox.FILE, ChainedJournal.FILE, CrashLog.FILE, HistoryLog.FILE);

  /** What the owner of an image was shown, its copies' owners were not; under any name it had. */
  private static final List<String> SHOWN =
      List.of("org.candor.fields.told", "org.candor.announced");

  private final Etc etc;
  private final StateFile begun;
  private final Path base;
  private final IdentityFiles identity;
  private final String start;
  private final IoAction afterEach;
  private boolean ours;
  private volatile boolean finished;

  @Activate
  public Erasure(BundleContext context, @Reference Etc etc, @Reference IdentityFiles identity) {
    this(etc, identity, context.getProperty(Constants.FRAMEWORK_UUID), () -> {});
  }

  /** In a start of its own. */
  public Erasure(Etc etc) {
    this(etc, new IdentityFiles(etc), "", () -> {});
  }

  /**
   * @param start names this start of the framework
   * @param afterEach runs after each step, for tests that fail there
   */
  Erasure(Etc etc, IdentityFiles identity, String start, IoAction afterEach) {
    this.etc = etc;
    this.begun = etc.state(BEGUN);
    this.base = etc.resolve("").toAbsolutePath().normalize();
    this.identity = identity;
    this.start = start;
    this.afterEach = afterEach;
  }

  /**
   * From now on {@link #finish} has something to do, also after a restart.
   *
   * @param directory of the store
   * @param ids to be logged should the process end before they could be shown otherwise
   */
  synchronized void begin(Path directory, List<Named> ids) throws IOException {
    begin(
        Map.of(
            DIRECTORY,
            portable(directory),
            IDS,
            ids.stream()
                .map(id -> id.name() + " " + id.value())
                .collect(Collectors.joining(", "))));
    ours = true;
  }

  private void begin(Map<String, String> note) throws IOException {
    finished = false;
    begun.write(KeyValues.text(new TreeMap<>(note)));
    afterEach.run();
  }

  /**
   * Erases, and leaves everything closed until the next start, which erases again.
   *
   * @param directory of the store
   */
  synchronized void prepareImage(Path directory) throws IOException {
    begin(Map.of(DIRECTORY, portable(directory), IMAGE, start));
    empty(directory);
  }

  /** A copy must erase its own store, not the one of the original. */
  private String portable(Path directory) {
    Path store = directory.toAbsolutePath().normalize();
    return (store.startsWith(base) ? base.relativize(store) : store).toString();
  }

  @Override
  public void finish() throws IOException {
    if (!finished) {
      finishNow();
    }
  }

  private synchronized void finishNow() throws IOException {
    SortedMap<String, String> note = KeyValues.read(begun.newest().orElse(""));
    if (!note.isEmpty()) {
      if (note.containsKey(IMAGE)) {
        finishImage(note);
      } else {
        finishForgetting(note);
      }
    }
    finished = true;
  }

  private void finishForgetting(Map<String, String> note) throws IOException {
    try {
      erase(directory(note));
    } catch (IOException e) {
      throw new IOException(
          "telemetry:forget has begun and cannot be finished ("
              + e
              + "); nothing is sent until it is.",
          e);
    }
    if (!ours) {
      log.warn(
          "telemetry:forget was interrupted when Karaf ended, and is finished now. The old ids,"
              + " should you want to ask those who hold your data to erase it: {}.",
          note.getOrDefault(IDS, ""));
    }
  }

  private void finishImage(Map<String, String> note) throws IOException {
    if (note.get(IMAGE).equals(start)) {
      throw new IOException(
          "telemetry:forget --prepare-image has made this installation ready to be copied: before"
              + " the next start nothing is sent and no id is generated. Stop Karaf now and take the"
              + " image.");
    }
    try {
      empty(directory(note));
      done();
      afterEach.run();
    } catch (IOException e) {
      throw new IOException(
          "This installation comes from an image and cannot start afresh ("
              + e
              + "); nothing is sent until it can.",
          e);
    }
    log.info(
        "telemetry:forget --prepare-image made this installation ready to be copied; it starts afresh"
            + " now, with ids, a secret and a grace period of its own. What was turned off stays off;"
            + " what was turned on before no longer counts.");
  }

  private Path directory(Map<String, String> note) {
    return etc.resolve(note.getOrDefault(DIRECTORY, ""));
  }

  private void erase(Path directory) throws IOException {
    eraseStores(directory);
    identity.renewSecret();
    afterEach.run();
    identity.renewIds();
    afterEach.run();
    done();
    afterEach.run();
  }

  /** As before the first start, but for the owner's settings and answers. */
  private void empty(Path directory) throws IOException {
    eraseStores(directory);
    identity.removeSecret();
    afterEach.run();
    identity.removeIds(directory, Instant.now());
    afterEach.run();
    for (String shown : SHOWN) {
      etc.state(shown).delete();
      afterEach.run();
    }
  }

  /** An image's etc may be one that nobody can write; then a newer note says that all is done. */
  private void done() throws IOException {
    try {
      begun.delete();
    } catch (IOException e) {
      log.debug("The note that erasure has begun stays, and is removed elsewhere", e);
      begun.write("");
    }
  }

  private void eraseStores(Path directory) throws IOException {
    for (String store : STORES) {
      delete(directory, store);
      afterEach.run();
    }
    AtomicFileWriter.settle(directory);
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
}
