package org.candor.itest.plugin;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.Sensitivity;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Registers plug-ins under a name that they share with those of other bundles, and has each of them
 * say whose it is. Its manifest says which kinds, their ranking and the label.
 */
public final class NamedPlugins implements BundleActivator {

  /** What all of them are called. */
  public static final String NAME = "namesake";

  @Override
  public void start(BundleContext context) {
    String label = header(context, "Plugin-Label");
    for (String kind : header(context, "Plugin-Kinds").split(" ")) {
      switch (kind) {
        case "source" -> register(context, HealthSource.class, kind, new Source(label));
        case "formatter" -> register(context, ReportFormatter.class, kind, new Formatter(label));
        case "sink" -> register(context, TransportSink.class, kind, new Sink(label));
        default -> throw new IllegalArgumentException(kind);
      }
    }
  }

  private static <T> void register(BundleContext context, Class<T> type, String kind, T service) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("candor." + kind + ".name", NAME);
    properties.put(Constants.SERVICE_RANKING, Integer.valueOf(header(context, "Plugin-Ranking")));
    context.registerService(type, service, properties);
  }

  private static String header(BundleContext context, String name) {
    return context.getBundle().getHeaders().get(name);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes back what was registered.
  }

  /** Sees one unit, named after the label. */
  private record Source(String label) implements HealthSource {

    @Override
    public Observation observe(Deadline deadline) {
      return Observation.builder().unit(NAME + "-" + label, 1, 0).build();
    }
  }

  /** Writes its label, and which of the sources of the common name was asked. */
  private record Formatter(String label) implements ReportFormatter {

    @Override
    public FieldCatalogue fields() {
      return new FieldCatalogue(
          List.of(
              new Field(
                  "unit",
                  FieldType.TEXT,
                  "",
                  "A unit",
                  "A test",
                  Sensitivity.TECHNICAL,
                  "0.1.0",
                  Set.of(FactNames.UNIT_TOTAL))));
    }

    @Override
    public List<Message> format(Report report) {
      String units =
          report.all(FactNames.UNIT_TOTAL).stream()
              .map(Fact::subject)
              .filter(subject -> subject.startsWith(NAME))
              .collect(Collectors.joining(" "));
      Bytes body = Bytes.utf8("unit " + units + "; formatter " + label);
      return List.of(new Message(UUID.randomUUID().toString(), NAME, "text/plain", body));
    }
  }

  /** Adds its label to what it is given, and answers with all of it. */
  private record Sink(String label) implements TransportSink {

    @Override
    public boolean accepts(String mediaType) {
      return true;
    }

    /** Of one destination whichever it is: another one would have to be announced first. */
    @Override
    public SinkState state() {
      return SinkState.ready(NAME);
    }

    @Override
    public Payload encode(List<Message> batch) {
      Message message = batch.get(0);
      return new Payload(
          message.id(),
          message.mediaType(),
          Bytes.utf8(message.body().utf8() + "; encoded by " + label));
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      return Receipt.delivered(payload.body().utf8() + "; sent by " + label);
    }
  }
}
