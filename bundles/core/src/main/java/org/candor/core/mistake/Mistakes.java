package org.candor.core.mistake;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.core.feature.Features;
import org.candor.core.settings.DeclaredKeys;
import org.candor.core.settings.Etc;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration validation, debounced: all mistakes in Candor's configuration files. Looks when
 * somebody asks, and a moment after a configuration changed or a reader of one came or went;
 * otherwise it does nothing. Unknown keys and files are logged once when they appear; a refused
 * value was logged by whoever refused it. Thread-safe.
 */
@Component(
    service = {Mistakes.class, ConfigurationListener.class},
    immediate = true)
public final class Mistakes implements ConfigurationListener {

  private static final Logger log = LoggerFactory.getLogger(Mistakes.class);

  /** Changes come in flocks, and what a feature brings comes bundle by bundle. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private final WorkerPool workers;
  private final Inspection inspection;
  private final Supplier<List<ConfiguredFile>> files;
  private final Consumer<String> warn;
  private final Set<ConfigurationProblems> readers = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final Object timing = new Object();
  private Optional<Alarm> alarm = Optional.empty();
  private boolean closed;
  private Set<String> named = Set.of();
  private List<ConfigurationProblem> last = List.of();

  /** Whether {@link #last} has changed since the listeners were run. */
  private boolean news;

  @Activate
  public Mistakes(
      BundleContext context,
      @Reference WorkerPool workers,
      @Reference Etc etc,
      @Reference ConfigurationAdmin admin) {
    this(
        workers,
        new Inspection(new Declared(new DeclaredKeys(context)), Features.ofThisBuild()),
        new ConfiguredFiles(etc, admin)::read,
        log::warn);
    lookSoon();
  }

  Mistakes(
      WorkerPool workers,
      Inspection inspection,
      Supplier<List<ConfiguredFile>> files,
      Consumer<String> warn) {
    this.workers = workers;
    this.inspection = inspection;
    this.files = files;
    this.warn = warn;
  }

  /** By the installed bundles' own descriptions. */
  private record Declared(DeclaredKeys keys) implements Inspection.Declarations {

    @Override
    public Set<String> pids() {
      return keys.pids();
    }

    @Override
    public Set<String> of(String pid) {
      return keys.of(pid);
    }
  }

  @Deactivate
  void close() {
    synchronized (timing) {
      closed = true;
      alarm.ifPresent(Alarm::cancel);
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindReader(ConfigurationProblems reader) {
    readers.add(reader);
    lookSoon();
  }

  void unbindReader(ConfigurationProblems reader) {
    readers.remove(reader);
    lookSoon();
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    configured(event.getPid());
  }

  void configured(String pid) {
    if (pid.startsWith(ConfiguredFiles.OURS)) {
      lookSoon();
    }
  }

  /**
   * Has the action run a moment after a look that found other problems than the one before, whoever
   * looked.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  private void lookSoon() {
    synchronized (timing) {
      if (!closed && alarm.isEmpty()) {
        alarm = Optional.of(workers.after(TOGETHER, this::lookNow));
      }
    }
  }

  private void lookNow() {
    synchronized (timing) {
      alarm = Optional.empty();
      if (closed) {
        return;
      }
    }
    look();
    if (takeNews()) {
      listeners.forEach(Runnable::run);
    }
  }

  /** What is wrong now, by file and key. */
  public synchronized List<ConfigurationProblem> problems() {
    look();
    if (news) {
      lookSoon();
    }
    return last;
  }

  private synchronized boolean takeNews() {
    boolean taken = news;
    news = false;
    return taken;
  }

  private synchronized void look() {
    List<ConfigurationProblem> found =
        files.get().stream().flatMap(file -> inspection.inspect(file).stream()).toList();
    Set<String> now = new HashSet<>();
    for (ConfigurationProblem problem : found) {
      String line = line(problem);
      now.add(line);
      if (!named.contains(line)) {
        warn.accept(line);
      }
    }
    named = now;
    String before = last.toString();
    // By their texts: JDK 17 keeps the class loader of a record whose own equals was asked.
    Map<String, ConfigurationProblem> all = new TreeMap<>();
    Stream.concat(found.stream(), readers.stream().flatMap(Mistakes::of))
        .forEach(problem -> all.put(problem.file() + "\n" + problem.key(), problem));
    last = List.copyOf(all.values());
    news |= !last.toString().equals(before);
  }

  private static String line(ConfigurationProblem problem) {
    return problem.file()
        + (problem.key().isEmpty() ? "" : ": " + problem.key())
        + ": "
        + problem.message();
  }

  private static Stream<ConfigurationProblem> of(ConfigurationProblems reader) {
    try {
      return reader.problems().stream();
    } catch (RuntimeException | LinkageError e) {
      log.debug("{} does not say what it refuses", reader, e);
      return Stream.empty();
    }
  }
}
