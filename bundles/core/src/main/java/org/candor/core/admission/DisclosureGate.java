package org.candor.core.admission;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.TransportSink;
import org.candor.control.Announced;
import org.candor.control.NewFields;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.disclosure.Disclosure;
import org.candor.core.disclosure.Disclosure.Part;
import org.candor.core.disclosure.DisclosureKey;
import org.candor.core.disclosure.DisclosureResult;
import org.candor.core.disclosure.WithheldFields;
import org.candor.core.plugin.ChannelSettings;

/**
 * Keeps back what of a channel was announced to its owner only lately: a field, another
 * destination, or the whole channel.
 */
public final class DisclosureGate {

  /** How long a new field is shown at login, at least. */
  private static final Duration NEWS = Duration.ofDays(7);

  private static final int MOST_NAMES = 5;

  private final String channel;
  private final AnnouncedFields announcedFields;

  public DisclosureGate(String channel, AnnouncedFields announcedFields) {
    this.channel = channel;
    this.announcedFields = announcedFields;
  }

  /**
   * Something new that keeps the whole channel waiting.
   *
   * @param until when the channel may send again
   * @param advice what is new, or what keeps it from being announced
   */
  record Hold(Instant until, String advice) {}

  /** A channel's plugins, and where they would send to. */
  record ChannelParts(
      ChannelSettings settings,
      Optional<ReportFormatter> formatter,
      TransportSink sink,
      String destination) {}

  /**
   * Announces what is new, and says whether it keeps the channel waiting.
   *
   * @throws IOException when nobody knows what was announced, with what to do about it
   */
  Optional<Hold> check(ChannelParts parts) throws IOException {
    return hold(announcedFields.announce(disclosure(parts, false)));
  }

  /**
   * Announces what is new of a channel that the owner keeps from sending, so that a grant can
   * accept it.
   *
   * @throws IOException as {@link #check}
   */
  void checkOff(ChannelParts parts) throws IOException {
    announcedFields.announce(disclosure(parts, true));
  }

  /**
   * As {@link #check}, from memory and without announcing.
   *
   * @throws IOException also when {@link #check} was never asked
   */
  Optional<Hold> look(ChannelParts parts) throws IOException {
    return hold(
        announcedFields
            .known(disclosure(parts, false))
            .orElseThrow(() -> new IOException("it has not begun yet")));
  }

  /** What was announced lately besides fields, from memory. */
  List<Announced> announced(ChannelParts parts) {
    try {
      return announcedFields.lately(disclosure(parts, false));
    } catch (IOException e) {
      return List.of();
    }
  }

  private Disclosure disclosure(ChannelParts parts, boolean off) throws IOException {
    Optional<Part> ofFormatter = Optional.empty();
    if (parts.formatter().isPresent()) {
      ofFormatter =
          Optional.of(
              new Part(formatterOf(parts.settings()), catalogue(parts.formatter().get()::fields)));
    }
    return new Disclosure(
        channel,
        parts.settings().purpose(),
        parts.destination(),
        ofFormatter,
        new Part(sinkOf(parts.settings()), catalogue(parts.sink()::fields)),
        off);
  }

  private Optional<Hold> hold(DisclosureResult disclosed) {
    Optional<Hold> whole =
        disclosed.hold().map(until -> hold(until, "Announced lately: " + disclosed.news() + "."));
    List<String> names =
        Stream.concat(disclosed.formatter().stream(), Stream.of(disclosed.sink()))
            .flatMap(withheld -> withheld.fields().stream())
            .map(field -> field.name())
            .toList();
    Optional<Hold> ofFields =
        Stream.concat(
                disclosed.formatter().flatMap(WithheldFields::hold).stream(),
                disclosed.sink().heldByAny().stream())
            .max(Comparator.naturalOrder())
            .map(until -> hold(until, "Could send what was announced only lately: " + few(names)));
    return Stream.concat(whole.stream(), ofFields.stream())
        .reduce((one, other) -> other.until().isAfter(one.until()) ? other : one);
  }

  private Hold hold(Instant until, String what) {
    return new Hold(
        until,
        announcedFields
            .problem()
            .orElseGet(
                () ->
                    (announcedFields.damage() + " " + what).strip()
                        + " Nothing leaves before "
                        + until.truncatedTo(ChronoUnit.SECONDS)
                        + "; telemetry:preview "
                        + channel
                        + " shows what, telemetry:enable "
                        + channel
                        + " accepts it."));
  }

  private String few(List<String> names) {
    return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "")
        + "; telemetry:fields "
        + channel
        + " says what it is.";
  }

  /**
   * The facts that the formatter may be handed now.
   *
   * @throws IOException when nobody knows what was announced, or the formatter cannot say what it
   *     sends
   */
  public Set<String> facts(ChannelSettings settings, ReportFormatter formatter) throws IOException {
    return announcedFields.look(formatterOf(settings), catalogue(formatter::fields)).facts();
  }

  /** All fields, and which of them must not leave yet. */
  public List<WithheldFields> fields(
      ChannelSettings settings, Optional<ReportFormatter> formatter, Optional<TransportSink> sink) {
    List<WithheldFields> fields = new ArrayList<>();
    formatter.ifPresent(f -> fields.add(fields(formatterOf(settings), f.fields())));
    sink.ifPresent(s -> fields.add(fields(sinkOf(settings), s.fields())));
    return fields;
  }

  private WithheldFields fields(DisclosureKey place, FieldCatalogue catalogue) {
    return announcedFields
        .known(place, catalogue)
        .orElseGet(() -> WithheldFields.nothing(catalogue));
  }

  /** Which fields were announced lately, from memory. */
  public Optional<NewFields> news(
      ChannelSettings settings,
      Optional<ReportFormatter> formatter,
      Optional<TransportSink> sink,
      Instant now) {
    Map<String, Instant> later = new TreeMap<>();
    formatter.ifPresent(
        f -> later.putAll(announcedFields.later(formatterOf(settings), f.fields())));
    sink.ifPresent(s -> later.putAll(announcedFields.later(sinkOf(settings), s.fields())));
    List<WithheldFields> fields = fields(settings, formatter, sink);
    Optional<Instant> until =
        fields.stream()
            .flatMap(withheld -> withheld.heldByAny().stream())
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

  private DisclosureKey formatterOf(ChannelSettings settings) {
    return DisclosureKey.formatter(channel, settings.formatter());
  }

  private DisclosureKey sinkOf(ChannelSettings settings) {
    return DisclosureKey.sink(channel, settings.sink());
  }

  private static FieldCatalogue catalogue(Supplier<FieldCatalogue> fields) throws IOException {
    try {
      return fields.get();
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("a formatter or a sink cannot say what it sends: " + e, e);
    }
  }
}
