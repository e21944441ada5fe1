package org.candor.core.channel;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.candor.api.report.FormatterName;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.TransportSink;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The formatters and sinks that are installed, by name. Nobody keeps one longer than a single call,
 * so that a bundle that goes leaves nothing behind.
 */
@Component(service = Plugins.class)
public final class Plugins {

  private static final Logger log = LoggerFactory.getLogger(Plugins.class);

  private final Map<String, ReportFormatter> formatters = new ConcurrentHashMap<>();
  private final Map<String, TransportSink> sinks = new ConcurrentHashMap<>();
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();

  Optional<ReportFormatter> formatter(String name) {
    return Optional.ofNullable(formatters.get(name));
  }

  Optional<TransportSink> sink(String name) {
    return Optional.ofNullable(sinks.get(name));
  }

  /**
   * Has the action run whenever something came, went or was configured anew.
   *
   * @return ends that
   */
  Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindFormatter(ReportFormatter formatter, Map<String, Object> properties) {
    formatters.put(name(properties, FormatterName.PROPERTY), formatter);
    changed();
  }

  void unbindFormatter(ReportFormatter formatter, Map<String, Object> properties) {
    formatters.remove(name(properties, FormatterName.PROPERTY), formatter);
    changed();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSink(TransportSink sink, Map<String, Object> properties) {
    sinks.put(name(properties, SinkName.PROPERTY), sink);
    changed();
  }

  void updatedSink(TransportSink sink) {
    changed();
  }

  void unbindSink(TransportSink sink, Map<String, Object> properties) {
    sinks.remove(name(properties, SinkName.PROPERTY), sink);
    changed();
  }

  private void changed() {
    listeners.forEach(Plugins::tell);
  }

  private static void tell(Runnable listener) {
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
