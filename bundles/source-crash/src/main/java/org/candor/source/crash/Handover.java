package org.candor.source.crash;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashIntake;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands crashes over to whoever takes them. The taker may come and go: a command that is watched
 * runs on meanwhile, and the traces of crashes lie where they are until somebody takes them. Safe
 * for several threads.
 */
@Component(service = Handover.class)
public final class Handover {

  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Optional<CrashIntake> intake = Optional.empty();
  private boolean failing;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIntake(CrashIntake taker) {
    synchronized (this) {
      intake = Optional.of(taker);
    }
    listeners.forEach(Runnable::run);
  }

  synchronized void unbindIntake(CrashIntake taker) {
    if (intake.isPresent() && intake.get() == taker) {
      intake = Optional.empty();
    }
  }

  /**
   * Hands a crash over.
   *
   * @return whether it was taken, so that its traces may go; if not, offer it again later
   */
  public boolean take(Crash crash) {
    Optional<CrashIntake> taker;
    synchronized (this) {
      taker = intake;
    }
    if (taker.isEmpty()) {
      return false;
    }
    try {
      taker.get().take(crash);
      works();
      return true;
      // The taker's bundle may be gone in the middle of it, and its classes with it.
    } catch (IOException | RuntimeException | LinkageError e) {
      fails(e);
      return false;
    }
  }

  /**
   * Has the listener called whenever somebody has come who takes crashes. It must not block.
   *
   * @return ends that
   */
  public Runnable onTaker(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private synchronized void works() {
    if (failing) {
      failing = false;
      log.info("Crashes are being stored again.");
    }
  }

  private synchronized void fails(Throwable e) {
    if (!failing) {
      failing = true;
      log.error(
          "A crash cannot be stored ({}). Its traces stay where they are; trying again.",
          e.toString());
    }
  }
}
