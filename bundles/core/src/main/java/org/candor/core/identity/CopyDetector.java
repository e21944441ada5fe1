package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.candor.core.store.StartupRecovery;
import org.candor.core.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clone detection: whether this is a copy of another installation. Two notes say where an
 * installation is (the real path of the Karaf's base, and outside containers the machine's id): one
 * beside the ids in {@code etc/}, one in the store's folder, since either can be copied without the
 * other. If one of them speaks of another place, this is a copy; a note that is not there, as
 * earlier builds left none, says nothing and is made. A folder that was moved is a copy too, since
 * nobody can tell it from one.
 *
 * <p>A copy keeps the cluster's id, the secret, the queue and every denial. If its ids are those of
 * the original, it gets a node's id of its own, and the one of the original counts no more, also
 * where the owner's file names it, until that names another. From when it was first seen, its grace
 * period starts again and earlier grants do not count.
 *
 * <p>Looks once in a process, and again when the store's folder is another; not before somebody
 * asks. Thread-safe.
 */
@Component(service = CopyDetector.class)
public final class CopyDetector {

  private static final Logger log = LoggerFactory.getLogger(CopyDetector.class);

  private final Path base;
  private final IdentityFiles files;
  private final StartupRecovery unfinished;
  private final Supplier<Path> store;
  private final MachineId surroundings;
  private final Clock clock;
  private volatile Optional<Path> checked = Optional.empty();
  private volatile Optional<Instant> copied = Optional.empty();

  @Activate
  public CopyDetector(
      BundleContext context,
      @Reference IdentityFiles files,
      @Reference StartupRecovery unfinished,
      @Reference Store store) {
    this(
        Path.of(context.getProperty("karaf.base")),
        files,
        unfinished,
        () -> store.settings().directory(),
        new MachineId(Path.of("/"), System.getenv()),
        Clock.systemUTC());
  }

  /**
   * @param base of the Karaf
   * @param store knows the store's folder
   */
  CopyDetector(
      Path base,
      IdentityFiles files,
      StartupRecovery unfinished,
      Supplier<Path> store,
      MachineId surroundings,
      Clock clock) {
    this.base = base;
    this.files = files;
    this.unfinished = unfinished;
    this.store = store;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * When this was first seen to be a copy; empty when it is none, and when nobody can tell since a
   * file cannot be read or kept: nothing leaves then anyway. Asks the disk the first time only.
   */
  public Optional<Instant> copied() {
    try {
      return check();
    } catch (IOException e) {
      log.debug("Whether this is a copy cannot be determined yet", e);
      return copied;
    }
  }

  /**
   * As {@link #copied}.
   *
   * @throws IOException when it cannot be determined; nothing may leave then
   */
  public Optional<Instant> check() throws IOException {
    // Always first: what it erases says where the installation was.
    unfinished.finish();
    Path folder = store.get();
    if (checked.filter(folder::equals).isEmpty()) {
      look(folder);
    }
    return copied;
  }

  private synchronized void look(Path folder) throws IOException {
    if (checked.filter(folder::equals).isPresent()) {
      return;
    }
    InstallationLocation here =
        InstallationLocation.of(base.toRealPath(), surroundings.machineId());
    LocationNote note = new LocationNote(folder);
    Ids ids = files.ids();
    InstallationLocation noted = note.read();
    boolean foreignIds = ids.place().isElsewhere(here);
    if (foreignIds || noted.isElsewhere(here)) {
      copied = Optional.of(clock.instant());
      begin(here, foreignIds);
      note.write(here);
    } else {
      copied = ids.copied();
      adopt(here, ids.place(), noted, note);
    }
    checked = Optional.of(folder);
  }

  private void begin(InstallationLocation here, boolean foreignIds) throws IOException {
    Instant at = copied.orElseThrow();
    files.change(
        ids -> (foreignIds ? IdentityFiles.withAnotherNode(ids) : ids).at(here).withCopied(at));
    log.warn(
        "This is a copy of another installation, or was moved here. {}What was turned off stays off,"
            + " and what is queued stays; what was turned on before no longer counts, and the"
            + " grace period starts again. To make it a new installation that nobody knows, run"
            + " telemetry:forget.",
        foreignIds ? "It has its own nodeId from now on; clusterId stays. " : "");
  }

  /** That this cannot be noted now must not keep back what waits: it is tried at the next start. */
  private void adopt(
      InstallationLocation here,
      InstallationLocation ids,
      InstallationLocation noted,
      LocationNote note) {
    try {
      if (!here.or(ids).equals(ids)) {
        files.change(known -> known.at(here));
      }
      if (!here.or(noted).equals(noted)) {
        note.write(here.or(noted));
      }
    } catch (IOException e) {
      log.debug("The location of this installation cannot be saved", e);
    }
  }
}
