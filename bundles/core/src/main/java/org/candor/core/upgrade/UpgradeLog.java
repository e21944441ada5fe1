package org.candor.core.upgrade;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.candor.api.text.PlainText;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.api.upgrade.UpgradeListener;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Upgrades;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.Outbox;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Upgrade notification with rollback protection: remembers the newest answer to the version check,
 * through restarts, and passes it on: once in the log, and to all listeners. An answer that is
 * older than the known one is refused, so that nobody can roll the news back; a question that fails
 * changes nothing. Thread-safe.
 */
@Component(service = {UpgradeLog.class, Upgrades.class, Resettable.class})
public final class UpgradeLog implements Upgrades, Resettable {

  private static final Logger log = LoggerFactory.getLogger(UpgradeLog.class);
  private static final String NOTE = "upgrade";

  /** How far the vendor's clock may be ahead of ours. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Identity identity;
  private final Outbox outbox;
  private final Clock clock;
  private final Set<UpgradeListener> listeners = new CopyOnWriteArraySet<>();
  private volatile Optional<KnownUpgrade> known = Optional.empty();

  @Activate
  public UpgradeLog(
      @Reference Identity identity, @Reference Outbox outbox, @Reference WorkerPool workers) {
    this(identity, outbox, workers, Clock.systemUTC());
  }

  public UpgradeLog(Identity identity, Outbox outbox, WorkerPool workers, Clock clock) {
    this.identity = identity;
    this.outbox = outbox;
    this.clock = clock;
    workers.execute(this::recall);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindListener(UpgradeListener listener) {
    listeners.add(listener);
    notifyListener(listener, notice());
  }

  void unbindListener(UpgradeListener listener) {
    listeners.remove(listener);
  }

  /** Reads what was known before this process began. */
  public void recall() {
    try {
      Optional<KnownUpgrade> before = outbox.note(NOTE).flatMap(KnownUpgrade::decode);
      synchronized (this) {
        if (known.isPresent() || before.isEmpty()) {
          return;
        }
        known = before;
      }
      notifyListeners();
    } catch (IOException e) {
      log.debug("What is known of upgrades cannot be read: {}", e.getMessage());
    }
  }

  /**
   * Takes an answer that the formatter believes.
   *
   * @param from the endpoint that it came from
   * @throws RefusedAnswerException when it is older than what is known, or of another product
   * @throws IOException when it cannot be kept; it is known all the same until the next restart
   */
  public void take(UpgradeAnswer answer, String from) throws RefusedAnswerException, IOException {
    // What was known before the start must count, or it could be rolled back, and be announced
    // again.
    recall();
    UpgradeNotice before = notice();
    KnownUpgrade fresh = new KnownUpgrade(answer, from, clock.instant());
    synchronized (this) {
      check(answer);
      known = Optional.of(fresh);
    }
    UpgradeNotice after = notice();
    if (after.isNews() && !sameNews(before, after)) {
      log.warn(
          "Version {} is out, and this is {}: the upgrade is {}.{} See telemetry:upgrade.",
          PlainText.line(after.newest()),
          after.running().isEmpty() ? "of an unknown version" : after.running(),
          after.severity().label(),
          after.signed() ? "" : " Nothing proves that the vendor says so: the answer is unsigned.");
    }
    notifyListeners();
    outbox.note(NOTE, fresh.encode());
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.UPGRADES;
  }

  /** What is on disk goes with the outbox; what is in memory, only when that has gone. */
  @Override
  public void erasing(IoAction step) throws IOException {
    step.run();
    synchronized (this) {
      known = Optional.empty();
    }
    notifyListeners();
  }

  /** What is known stays so, wherever it is kept. */
  @Override
  public void moving(IoAction step) throws IOException {
    step.run();
  }

  /** The version that runs here; empty when nobody set it. */
  public String running() {
    return identity.version();
  }

  private void check(UpgradeAnswer answer) throws RefusedAnswerException {
    String product = identity.product();
    if (!product.isEmpty() && !answer.product().isEmpty() && !product.equals(answer.product())) {
      throw new RefusedAnswerException(
          "The answer is about " + answer.product() + ", and this is " + product + ".");
    }
    if (answer.issuedAt().isAfter(clock.instant().plus(AHEAD))) {
      throw new RefusedAnswerException(
          "The answer is dated " + answer.issuedAt() + ", which is in the future.");
    }
    Optional<UpgradeAnswer> last = known.map(KnownUpgrade::answer);
    // What nobody signed must not keep out what somebody did.
    boolean binds = last.filter(old -> old.signed() || !answer.signed()).isPresent();
    if (binds && answer.issuedAt().isBefore(last.get().issuedAt())) {
      throw new RefusedAnswerException(
          "The answer is dated "
              + answer.issuedAt()
              + ", which is older than the known one, dated "
              + last.get().issuedAt()
              + ".");
    }
    if (last.filter(UpgradeAnswer::signed).isPresent() && !answer.signed()) {
      throw new RefusedAnswerException("The answer is not signed, while the known one is.");
    }
  }

  @Override
  public UpgradeNotice notice() {
    String running = identity.version();
    Optional<KnownUpgrade> now = known;
    if (now.isEmpty()) {
      return new UpgradeNotice(running, "", Severity.UNKNOWN, "", "", false, Optional.empty());
    }
    UpgradeAnswer answer = now.get().answer();
    return new UpgradeNotice(
        running,
        answer.newest(),
        severity(running, answer),
        answer.link().map(URI::toString).orElse(""),
        now.get().from(),
        answer.signed(),
        Optional.of(now.get().confirmedAt()));
  }

  /** An answer is about the version that was asked about, which may run here no longer. */
  private Severity severity(String running, UpgradeAnswer answer) {
    if (running.equals(answer.newest())) {
      return Severity.OK;
    }
    if (!running.equals(answer.running())) {
      return Severity.UNKNOWN;
    }
    boolean expired = !clock.instant().isBefore(answer.expiresAt());
    return expired && answer.severity() == Severity.OK ? Severity.UNKNOWN : answer.severity();
  }

  private static boolean sameNews(UpgradeNotice one, UpgradeNotice other) {
    return one.newest().equals(other.newest()) && one.severity() == other.severity();
  }

  private void notifyListeners() {
    UpgradeNotice now = notice();
    listeners.forEach(listener -> notifyListener(listener, now));
  }

  private static void notifyListener(UpgradeListener listener, UpgradeNotice notice) {
    try {
      listener.upgrade(notice);
    } catch (RuntimeException | LinkageError e) {
      log.error("A listener could not be notified of an upgrade", e);
    }
  }
}
