package org.candor.core.reset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.candor.control.Forgetting;
import org.candor.control.Forgotten;
import org.candor.control.Forgotten.Destination;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.store.IoAction;
import org.candor.core.store.Store;
import org.candor.core.upgrade.UpgradeLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets, and moves the store, while everything else runs. Whoever works with something that is to
 * be forgotten stops first and begins anew afterwards; a latecomer is kept out by the outbox's era.
 */
@Component(service = {ResetCoordinator.class, Forgetting.class})
public final class ResetCoordinator implements Forgetting {

  private static final Logger log = LoggerFactory.getLogger(ResetCoordinator.class);

  private final Store store;
  private final Erasure erasure;
  private final Identity identity;
  private final IdentityFiles files;
  private final ChainedJournal journal;
  private final Outbox outbox;
  private final CrashLog crashes;
  private final UpgradeLog upgrades;
  private final HistoryLog history;
  private final Runnable stopMoving;
  private final Set<Listener> listeners = new CopyOnWriteArraySet<>();

  @Activate
  public ResetCoordinator(
      @Reference Store store,
      @Reference Erasure erasure,
      @Reference Identity identity,
      @Reference IdentityFiles files,
      @Reference ChainedJournal journal,
      @Reference Outbox outbox,
      @Reference CrashLog crashes,
      @Reference UpgradeLog upgrades,
      @Reference HistoryLog history) {
    this.store = store;
    this.erasure = erasure;
    this.identity = identity;
    this.files = files;
    this.journal = journal;
    this.outbox = outbox;
    this.crashes = crashes;
    this.upgrades = upgrades;
    this.history = history;
    this.stopMoving = store.movedBy(this::move);
  }

  @Deactivate
  void deactivate() {
    stopMoving.run();
  }

  /** Somebody who works with what is to be forgotten. */
  public interface Listener {

    /** Lets nothing more go, and aborts what is on its way. */
    void stop();

    /** Knows nothing any more and begins anew. */
    void begin();
  }

  /**
   * Has the listener told, on the thread of whoever forgets; it must be quick.
   *
   * @return ends that
   */
  public Runnable onReset(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public synchronized Forgotten forget() throws IOException {
    Forgotten known = known();
    erase(
        () -> {
          erasure.begin(store.settings().directory(), known.ids());
          erasure.finish();
        });
    log.warn(
        "telemetry:forget: ids, secret, queue, journal, crashes seen and news of upgrades are gone;"
            + " new ids are in {}. The owner's answers stay, and the grace period begins anew.",
        files.place());
    return new Forgotten(
        known.ids(),
        known.sentTo(),
        known.kept(),
        files.retired(),
        Optional.of(files.place().toString()));
  }

  @Override
  public synchronized Forgotten prepareImage() throws IOException {
    Forgotten known = known();
    erase(() -> erasure.prepareImage(store.settings().directory()));
    log.warn(
        "telemetry:forget --prepare-image: ids, secret, queue, journal, crashes seen, news of"
            + " upgrades and what was announced are gone. Nothing is sent before the next start,"
            + " which gets ids of its own: stop Karaf now and take the image.");
    return new Forgotten(
        known.ids(), known.sentTo(), known.kept(), files.retired(), Optional.empty());
  }

  private Forgotten known() {
    return new Forgotten(
        identity.known(), destinations(), identity.givenByOwner(), List.of(), Optional.empty());
  }

  private void erase(IoAction step) throws IOException {
    listeners.forEach(listener -> tell(listener, Listener::stop));
    try {
      eraseAlone(step);
      upgrades.forget();
    } finally {
      listeners.forEach(listener -> tell(listener, Listener::begin));
    }
  }

  /**
   * Another directory is another queue and another journal: what is under way belongs to those of
   * before, and must not end in these.
   */
  private synchronized void move(IoAction step) throws IOException {
    listeners.forEach(listener -> tell(listener, Listener::stop));
    try {
      outbox.forgetting(() -> journal.forgetting(() -> crashes.moving(() -> history.moving(step))));
    } finally {
      listeners.forEach(listener -> tell(listener, Listener::begin));
    }
  }

  // The outbox uses the journal while it is locked, so it comes first.
  private void eraseAlone(IoAction step) throws IOException {
    outbox.forgetting(
        () ->
            journal.forgetting(
                () ->
                    crashes.forgetting(() -> history.forgetting(() -> identity.forgetting(step)))));
  }

  /** A journal that cannot be read must not stand in the way. */
  private List<Destination> destinations() {
    try {
      return journal.destinations();
    } catch (IOException e) {
      log.warn("The journal cannot be read any more, and is erased: {}", e.getMessage());
      return List.of();
    }
  }

  private static void tell(Listener listener, Consumer<Listener> what) {
    try {
      what.accept(listener);
    } catch (RuntimeException | LinkageError e) {
      log.error("Not everybody could be told to forget", e);
    }
  }
}
