package org.candor.core.collect;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.report.Gap;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.SourceName;
import org.candor.control.SourceStatus;
import org.candor.control.Sources;
import org.candor.core.identity.Identity;
import org.candor.core.ranking.RankedServices;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Collector (fan-out with a time-out): asks all sources side by side, each under the same deadline,
 * and puts together what they saw. Of several sources of one name the highest service ranking is
 * asked. Thread-safe.
 */
@Component(service = {Collector.class, Sources.class})
public final class Collector implements Sources {

  /** Time-out of a source. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** How long a report that cannot wait does wait for a source that was never asked. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final WorkerPool workers;
  private final Identity identity;
  private final Clock clock;
  private final Duration timeout;
  private final Map<HealthSource, ObservedSource> observed = new ConcurrentHashMap<>();
  private final RankedServices<ObservedSource> sources = new RankedServices<>();
  private final Set<Consumer<Snapshot>> listeners = new CopyOnWriteArraySet<>();

  @Activate
  public Collector(@Reference WorkerPool workers, @Reference Identity identity) {
    this(workers, identity, Clock.systemUTC(), TIMEOUT);
  }

  public Collector(WorkerPool workers, Identity identity, Clock clock, Duration timeout) {
    this.workers = workers;
    this.identity = identity;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindSource(HealthSource source, Map<String, Object> properties) {
    String name =
        Optional.ofNullable(properties.get(SourceName.PROPERTY))
            .or(() -> Optional.ofNullable(properties.get("component.name")))
            .map(Object::toString)
            .orElse(source.getClass().getName());
    ObservedSource one =
        observed.computeIfAbsent(source, added -> new ObservedSource(name, added, clock));
    one.rename(name);
    sources.put(name, one, properties);
  }

  void updatedSource(HealthSource source, Map<String, Object> properties) {
    bindSource(source, properties);
  }

  public void unbindSource(HealthSource source) {
    Optional.ofNullable(observed.remove(source))
        .ifPresent(
            gone -> {
              sources.remove(gone);
              gone.abandon();
            });
  }

  /**
   * Looks now.
   *
   * @throws IOException when this installation's own identity cannot be determined
   */
  public Snapshot snapshot() throws IOException {
    Instant at = clock.instant();
    List<Fact> facts = new ArrayList<>(identity.facts());
    List<Gap> gaps = new ArrayList<>();
    Map<ObservedSource, Optional<ObservedSource.Run>> runs = new LinkedHashMap<>();
    for (ObservedSource source : sources.best()) {
      runs.put(source, source.begin(workers, Deadline.after(timeout, clock)));
    }
    runs.forEach(
        (source, run) -> {
          ObservedSource.Result result = run.map(source::end).orElseGet(source::busy);
          facts.addAll(result.facts());
          result.gap().ifPresent(reason -> gaps.add(new Gap(source.name(), reason)));
        });
    Snapshot snapshot = new Snapshot(at, facts, gaps);
    listeners.forEach(listener -> listener.accept(snapshot));
    return snapshot;
  }

  /**
   * Has every snapshot handed to the listener, which must be quick.
   *
   * @return ends that
   */
  public Runnable onSnapshot(Consumer<Snapshot> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * What is known already, for a report that cannot wait: what each source saw last, and of one
   * that never was asked what it sees within a moment.
   *
   * @throws IOException when this installation's own identity cannot be determined
   */
  public Snapshot latest() throws IOException {
    Deadline moment = Deadline.after(MOMENT, clock);
    List<Fact> facts = new ArrayList<>(identity.facts());
    List<Gap> gaps = new ArrayList<>();
    Map<ObservedSource, Optional<ObservedSource.Run>> runs = new LinkedHashMap<>();
    for (ObservedSource source : sources.best()) {
      runs.put(
          source,
          source.latest().isPresent()
              ? Optional.empty()
              : source.begin(workers, Deadline.after(timeout, clock)));
    }
    runs.forEach(
        (source, run) -> {
          run.ifPresent(begun -> source.await(begun, moment.remaining()));
          source
              .latest()
              .ifPresentOrElse(
                  facts::addAll, () -> gaps.add(new Gap(source.name(), FailureReason.TIMEOUT)));
        });
    return new Snapshot(clock.instant(), facts, gaps);
  }

  @Override
  public List<SourceStatus> status() {
    return sources.best().stream().map(ObservedSource::status).toList();
  }
}
