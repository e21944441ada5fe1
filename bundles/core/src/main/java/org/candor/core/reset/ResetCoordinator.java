package org.candor.core.reset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.candor.control.Forgetting;
import org.candor.control.Forgotten;
import org.candor.core.store.IoAction;
import org.candor.core.store.Resettable;
import org.candor.core.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reset coordinator: forgets, and moves the store, while everything else runs. Whoever works with
 * something that is to be forgotten stops first and begins anew afterwards; a latecomer is kept out
 * by the outbox's reset generation.
 */
@Component(
    service = {ResetCoordinator.class, Forgetting.class},
    property = ResetCoordinator.PARTICIPANTS + ".cardinality.minimum:Integer=6")
public final class ResetCoordinator implements Forgetting {

  /** With one less than all of them, a reset would erase a file that is in use. */
  static final String PARTICIPANTS = "participants";

  private static final Logger log = LoggerFactory.getLogger(ResetCoordinator.class);

  private final Store store;
  private final Erasure erasure;
  private final ResetSummary summary;
  private final LockHierarchy participants;
  private final Runnable stopMoving;
  private final Set<ResetListener> listeners = new CopyOnWriteArraySet<>();

  @Activate
  public ResetCoordinator(
      @Reference Store store,
      @Reference Erasure erasure,
      @Reference ResetSummary summary,
      @Reference(name = PARTICIPANTS, cardinality = ReferenceCardinality.AT_LEAST_ONE)
          List<Resettable> participants) {
    this.store = store;
    this.erasure = erasure;
    this.summary = summary;
    this.participants = new LockHierarchy(participants);
    this.stopMoving = store.movedBy(this::move);
  }

  @Deactivate
  void deactivate() {
    stopMoving.run();
  }

  /**
   * Calls the listener, on the thread of whoever forgets; it must be quick.
   *
   * @return ends that
   */
  public Runnable onReset(ResetListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public synchronized Forgotten forget() throws IOException {
    Forgotten known = summary.before();
    whileStopped(
        () ->
            participants.erase(
                () -> {
                  erasure.begin(store.settings().directory(), known.ids());
                  erasure.finish();
                }));
    log.warn(
        "telemetry:forget: ids, secret, queue, journal, crashes seen and news of upgrades are gone;"
            + " new ids are in {}. The owner's answers stay, and the grace period begins anew.",
        summary.place());
    return summary.after(known, Optional.of(summary.place()));
  }

  @Override
  public synchronized Forgotten prepareImage() throws IOException {
    Forgotten known = summary.before();
    whileStopped(
        () -> participants.erase(() -> erasure.prepareImage(store.settings().directory())));
    log.warn(
        "telemetry:forget --prepare-image: ids, secret, queue, journal, crashes seen, news of"
            + " upgrades and what was announced are gone. Nothing is sent before the next start,"
            + " which gets ids of its own: stop Karaf now and take the image.");
    return summary.after(known, Optional.empty());
  }

  /**
   * Another directory is another queue and another journal: what is under way belongs to those of
   * before, and must not end in these.
   */
  private synchronized void move(IoAction step) throws IOException {
    whileStopped(() -> participants.move(step));
  }

  private void whileStopped(IoAction step) throws IOException {
    listeners.forEach(listener -> tell(listener, ResetListener::stop));
    try {
      step.run();
    } finally {
      listeners.forEach(listener -> tell(listener, ResetListener::begin));
    }
  }

  private static void tell(ResetListener listener, Consumer<ResetListener> what) {
    try {
      what.accept(listener);
    } catch (RuntimeException | LinkageError e) {
      log.error("Not every part could be reset", e);
    }
  }
}
