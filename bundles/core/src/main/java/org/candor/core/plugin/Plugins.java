package org.candor.core.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.candor.api.report.FormatterName;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.TransportSink;
import org.candor.core.feature.Features;
import org.candor.core.feature.Features.Kind;
import org.candor.core.mistake.NearestName;
import org.candor.core.ranking.RankedServices;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service registry of the channels: the formatters and sinks that are installed, by name; of
 * several of one name the highest service ranking counts. Nobody keeps one longer than a single
 * call, so that a bundle that goes leaves nothing behind.
 */
@Component(service = Plugins.class)
public final class Plugins {

  private static final Logger log = LoggerFactory.getLogger(Plugins.class);

  private final Features features = Features.ofThisBuild();
  private final Predicate<String> isInstalled;
  private final RankedServices<ReportFormatter> formatters = new RankedServices<>();
  private final RankedServices<TransportSink> sinks = new RankedServices<>();
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();

  @Activate
  public Plugins(BundleContext context) {
    this(
        name ->
            Stream.of(context.getBundles())
                .anyMatch(bundle -> name.equals(bundle.getSymbolicName())));
  }

  /** None of whose bundles is installed. */
  public Plugins() {
    this(name -> false);
  }

  /**
   * @param isInstalled whether there is a bundle of this symbolic name
   */
  public Plugins(Predicate<String> isInstalled) {
    this.isInstalled = isInstalled;
  }

  public Optional<ReportFormatter> formatter(String name) {
    return formatters.best(name);
  }

  public Optional<TransportSink> sink(String name) {
    return sinks.best(name);
  }

  /**
   * Has the action run whenever something came, went or was configured anew.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindFormatter(ReportFormatter formatter, Map<String, Object> properties) {
    formatters.put(name(properties, FormatterName.PROPERTY), formatter, properties);
    changed();
  }

  void updatedFormatter(ReportFormatter formatter, Map<String, Object> properties) {
    bindFormatter(formatter, properties);
  }

  public void unbindFormatter(ReportFormatter formatter) {
    formatters.remove(formatter);
    changed();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindSink(TransportSink sink, Map<String, Object> properties) {
    sinks.put(name(properties, SinkName.PROPERTY), sink, properties);
    changed();
  }

  void updatedSink(TransportSink sink, Map<String, Object> properties) {
    bindSink(sink, properties);
  }

  public void unbindSink(TransportSink sink) {
    sinks.remove(sink);
    changed();
  }

  /** What to do about a formatter that is not there. */
  public String noFormatter(String name) {
    return missing(Kind.FORMATTER, name, formatters.names());
  }

  /** What to do about a sink that is not there. */
  public String noSink(String name) {
    return missing(Kind.SINK, name, sinks.names());
  }

  private String missing(Kind kind, String name, Set<String> there) {
    Optional<String> feature = features.bringing(kind, name);
    if (feature.isEmpty()) {
      return misspelt(kind, name, there);
    }
    String bundle = kind.bundle(name);
    return isInstalled.test(bundle)
        ? "The bundle %s is installed but does not run; see bundle:diag.".formatted(bundle)
        : "Nothing here is called %s; install the feature %s.".formatted(name, feature.get());
  }

  private String misspelt(Kind kind, String name, Set<String> there) {
    String names = there.isEmpty() ? "none" : String.join(", ", new TreeSet<>(there));
    String others =
        NearestName.of(name, features.names(kind))
            .filter(near -> !there.contains(near))
            .map(near -> " %s comes with %s.".formatted(near, features.bringing(kind, near).get()))
            .orElse("");
    return "No %s is called %s; there are: %s.%s".formatted(kind.label(), name, names, others);
  }

  private void changed() {
    listeners.forEach(Plugins::notify);
  }

  private static void notify(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("A bundle that came or went could not be made known to all channels", e);
    }
  }

  private static String name(Map<String, Object> properties, String key) {
    return String.valueOf(properties.get(key));
  }
}
