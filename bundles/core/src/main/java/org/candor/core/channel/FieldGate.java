package org.candor.core.channel;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.control.NewFields;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.TransportSink;
import org.candor.core.told.Place;
import org.candor.core.told.ToldFields;
import org.candor.core.told.Withheld;

/** Keeps back what a channel could send but its owner has not been told of for long enough. */
final class FieldGate {

  /** How long a new field is shown at login, at least. */
  private static final Duration NEWS = Duration.ofDays(7);

  private static final int MOST_NAMES = 5;

  private final String channel;
  private final ToldFields told;

  FieldGate(String channel, ToldFields told) {
    this.channel = channel;
    this.told = told;
  }

  /**
   * A field that keeps the whole channel waiting, since it cannot be left out.
   *
   * @param until when the channel may send again
   * @param advice what is new, or what keeps it from being told
   */
  record Shut(Instant until, String advice) {}

  /**
   * Tells of new fields, and says whether one of them keeps the channel waiting.
   *
   * @throws IOException when nobody knows what the owner was told, with what to do about it
   */
  Optional<Shut> check(
      ChannelSettings settings, Optional<ReportFormatter> formatter, TransportSink sink)
      throws IOException {
    Optional<Withheld> ofFormatter = Optional.empty();
    if (formatter.isPresent()) {
      ofFormatter =
          Optional.of(told.tell(formatterOf(settings), catalogue(formatter.get()::fields)));
    }
    return shut(ofFormatter, told.tell(sinkOf(settings), catalogue(sink::fields)));
  }

  /**
   * As {@link #check}, from memory and without telling.
   *
   * @throws IOException also when {@link #check} was never asked
   */
  Optional<Shut> look(
      ChannelSettings settings, Optional<ReportFormatter> formatter, TransportSink sink)
      throws IOException {
    Optional<Withheld> ofFormatter = Optional.empty();
    if (formatter.isPresent()) {
      ofFormatter = Optional.of(known(formatterOf(settings), catalogue(formatter.get()::fields)));
    }
    return shut(ofFormatter, known(sinkOf(settings), catalogue(sink::fields)));
  }

  private Withheld known(Place place, FieldCatalogue catalogue) throws IOException {
    return told.known(place, catalogue).orElseThrow(() -> new IOException("it has not begun yet"));
  }

  private Optional<Shut> shut(Optional<Withheld> ofFormatter, Withheld ofSink) {
    List<String> names =
        Stream.concat(ofFormatter.stream(), Stream.of(ofSink))
            .flatMap(withheld -> withheld.fields().stream())
            .map(field -> field.name())
            .toList();
    return Stream.concat(ofFormatter.flatMap(Withheld::shut).stream(), ofSink.shutByAny().stream())
        .max(Comparator.naturalOrder())
        .map(until -> new Shut(until, told.trouble().orElseGet(() -> advice(until, names))));
  }

  private String advice(Instant until, List<String> names) {
    return "Could send what you were told of only lately: "
        + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "")
        + ". Nothing leaves before "
        + until
        + "; telemetry:fields "
        + channel
        + " says what it is.";
  }

  /**
   * The facts that the formatter may be handed now.
   *
   * @throws IOException when nobody knows what the owner was told, or the formatter cannot say what
   *     it sends
   */
  Set<String> facts(ChannelSettings settings, ReportFormatter formatter) throws IOException {
    return told.look(formatterOf(settings), catalogue(formatter::fields)).facts();
  }

  /** All fields, and which of them must not leave yet. */
  List<Withheld> fields(
      ChannelSettings settings, Optional<ReportFormatter> formatter, Optional<TransportSink> sink) {
    List<Withheld> fields = new ArrayList<>();
    formatter.ifPresent(f -> fields.add(fields(formatterOf(settings), f.fields())));
    sink.ifPresent(s -> fields.add(fields(sinkOf(settings), s.fields())));
    return fields;
  }

  private Withheld fields(Place place, FieldCatalogue catalogue) {
    return told.known(place, catalogue).orElseGet(() -> Withheld.nothing(catalogue));
  }

  /** What the owner was told of lately, from memory. */
  Optional<NewFields> news(
      ChannelSettings settings,
      Optional<ReportFormatter> formatter,
      Optional<TransportSink> sink,
      Instant now) {
    Map<String, Instant> later = new TreeMap<>();
    formatter.ifPresent(f -> later.putAll(told.later(formatterOf(settings), f.fields())));
    sink.ifPresent(s -> later.putAll(told.later(sinkOf(settings), s.fields())));
    List<Withheld> fields = fields(settings, formatter, sink);
    Optional<Instant> until =
        fields.stream()
            .flatMap(withheld -> withheld.shutByAny().stream())
            .max(Comparator.naturalOrder());
    List<String> names =
        later.keySet().stream()
            .filter(
                name ->
                    later.get(name).plus(NEWS).isAfter(now)
                        || fields.stream().anyMatch(one -> one.until().containsKey(name)))
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(new NewFields(channel, names, until));
  }

  private Place formatterOf(ChannelSettings settings) {
    return Place.formatter(channel, settings.formatter());
  }

  private Place sinkOf(ChannelSettings settings) {
    return Place.sink(channel, settings.sink());
  }

  private static FieldCatalogue catalogue(Supplier<FieldCatalogue> fields) throws IOException {
    try {
      return fields.get();
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("a formatter or a sink cannot say what it sends: " + e, e);
    }
  }
}
