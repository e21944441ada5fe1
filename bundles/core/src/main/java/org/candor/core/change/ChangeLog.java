package org.candor.core.change;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.candor.api.upgrade.UpgradeListener;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Changes;
import org.candor.control.Topic;
import org.candor.core.collect.Collector;
import org.candor.core.consent.Consent;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.mistake.Mistakes;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change notification, debounced: gathers what changes and passes it on a little later; costs
 * nothing while nobody listens. Thread-safe.
 */
@Component(service = {Changes.class, UpgradeListener.class})
public final class ChangeLog implements Changes, UpgradeListener {

  private static final Logger log = LoggerFactory.getLogger(ChangeLog.class);
  private static final Duration TOGETHER = Duration.ofMillis(200);

  private final WorkerPool workers;
  private final List<Consumer<Set<Topic>>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> stopListening = new ArrayList<>();
  private final Set<Topic> changed = EnumSet.noneOf(Topic.class);
  private Optional<Alarm> alarm = Optional.empty();

  @Activate
  public ChangeLog(
      @Reference WorkerPool workers,
      @Reference Consent consent,
      @Reference CrashLog crashes,
      @Reference HistoryLog history,
      @Reference Collector collector,
      @Reference Mistakes mistakes) {
    this(workers);
    stopListening.add(
        consent.onChange(() -> changed(EnumSet.of(Topic.CONSENT, Topic.STATUS, Topic.SENT))));
    stopListening.add(crashes.onChange(() -> changed(EnumSet.of(Topic.CRASHES))));
    stopListening.add(history.onStep(this::stepped));
    stopListening.add(mistakes.onChange(() -> changed(EnumSet.of(Topic.STATUS))));
    stopListening.add(collector.onSnapshot(snapshot -> changed(EnumSet.of(Topic.STATUS))));
  }

  ChangeLog(WorkerPool workers) {
    this.workers = workers;
  }

  @Deactivate
  void close() {
    stopListening.forEach(Runnable::run);
    synchronized (this) {
      alarm.ifPresent(Alarm::cancel);
    }
  }

  @Override
  public Runnable onChange(Consumer<Set<Topic>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void upgrade(UpgradeNotice notice) {
    changed(EnumSet.of(Topic.UPGRADE));
  }

  private void stepped(boolean attempted) {
    changed(
        attempted ? EnumSet.of(Topic.STATUS, Topic.SENT, Topic.CRASHES) : EnumSet.of(Topic.STATUS));
  }

  synchronized void changed(Set<Topic> topics) {
    if (listeners.isEmpty()) {
      return;
    }
    changed.addAll(topics);
    if (alarm.isEmpty()) {
      alarm = Optional.of(workers.after(TOGETHER, this::notifyListeners));
    }
  }

  private void notifyListeners() {
    Set<Topic> topics;
    synchronized (this) {
      topics = EnumSet.copyOf(changed);
      changed.clear();
      alarm = Optional.empty();
    }
    listeners.forEach(listener -> notifyListener(listener, topics));
  }

  private static void notifyListener(Consumer<Set<Topic>> listener, Set<Topic> topics) {
    try {
      listener.accept(topics);
    } catch (RuntimeException | LinkageError e) {
      log.error("Not every listener could be notified of a change", e);
    }
  }
}
