package org.candor.format.sentry;

import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.fact.FactNames;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Turns an inventory into one Sentry event at the level {@code info}, and a crash into one event at
 * the crash's level. Each message is an envelope as it stands on the wire but for {@code sent_at},
 * which the sink adds when it sends. A crash's event has the crash's id, so that it is one event
 * however often it is formatted.
 *
 * <p>Format: https://develop.sentry.dev/sdk/data-model/envelopes/ and .../event-payloads/.
 */
@Component(service = ReportFormatter.class)
@FormatterName("sentry")
public final class SentryFormatter implements ReportFormatter {

  static final String MEDIA_TYPE = "application/x-sentry-envelope";

  private static final Pattern EVENT_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Instant LAST_WITH_FOUR_DIGITS = Instant.parse("9999-12-31T23:59:59.999Z");

  private final FieldCatalogue fields = SentryFields.catalogue();
  private final Envelopes envelopes = new Envelopes();

  @Activate
  public SentryFormatter() {}

  @Override
  public FieldCatalogue fields() {
    return fields;
  }

  @Override
  public Set<String> mediaTypes() {
    return Set.of(MEDIA_TYPE);
  }

  @Override
  public List<Message> format(Report report) {
    return switch (report.kind()) {
      case INVENTORY -> List.of(inventory(report));
      case CRASH -> crash(report).stream().toList();
      case HEALTH, UI, VERSION_CHECK -> List.of();
    };
  }

  private Message inventory(Report report) {
    Facts facts = new Facts(report);
    Clipping clipping = new Clipping();
    String id = Crash.newId();
    SentryEvent event = envelopes.event(id, Date.from(report.at()));
    event.setLevel(SentryLevel.INFO);
    new InstallationContext(facts, clipping).describe(event);
    putOwn(event, OwnContext.inventory(report, facts, clipping));
    return new Message(id, "inventory", MEDIA_TYPE, envelopes.write(event).body());
  }

  private Optional<Message> crash(Report report) {
    Facts facts = new Facts(report);
    return facts
        .text(FactNames.CRASH_ID)
        .map(id -> EVENT_ID.matcher(id).matches() ? id : Crash.idFrom(id))
        .map(id -> crash(id, report, facts));
  }

  private Message crash(String id, Report report, Facts facts) {
    List<Failure> failures = CrashFacts.failures(report);
    SizeBudget room = SizeBudget.FULL;
    Envelopes.Envelope envelope = envelopes.write(crash(id, report, facts, failures, room));
    while (!envelope.fits()) {
      room = room.tighter();
      envelope = envelopes.write(crash(id, report, facts, failures, room));
    }
    return new Message(id, "crash", MEDIA_TYPE, envelope.body());
  }

  private SentryEvent crash(
      String id, Report report, Facts facts, List<Failure> failures, SizeBudget room) {
    Clipping clipping = new Clipping();
    SentryEvent event = envelopes.event(id, Date.from(time(facts).orElse(report.at())));
    level(facts).ifPresent(event::setLevel);
    facts
        .text(FactNames.CRASH_COMPONENT)
        .flatMap(component -> clipping.line("logger", component, Clipping.LOGGER))
        .ifPresent(event::setLogger);
    facts
        .text(FactNames.CRASH_MESSAGE)
        .flatMap(text -> clipping.text("message.formatted", text, room.text()))
        .ifPresent(text -> event.setMessage(message(text)));
    event.setExceptions(new Exceptions(facts, clipping, room).of(failures));
    new InstallationContext(facts, clipping).describe(event);
    putOwn(event, OwnContext.crash(report, facts, clipping));
    return event;
  }

  private static void putOwn(SentryEvent event, Map<String, Object> context) {
    if (!context.isEmpty()) {
      event.getContexts().put(OwnContext.NAME, context);
    }
  }

  private static io.sentry.protocol.Message message(String text) {
    io.sentry.protocol.Message message = new io.sentry.protocol.Message();
    message.setFormatted(text);
    return message;
  }

  private static Optional<SentryLevel> level(Facts facts) {
    return facts
        .text(FactNames.CRASH_LEVEL)
        .flatMap(
            label -> {
              if (label.equals(CrashLevel.FATAL.label())) {
                return Optional.of(SentryLevel.FATAL);
              }
              return label.equals(CrashLevel.ERROR.label())
                  ? Optional.of(SentryLevel.ERROR)
                  : Optional.empty();
            });
  }

  private static Optional<Instant> time(Facts facts) {
    return facts
        .text(FactNames.CRASH_AT)
        .flatMap(
            text -> {
              try {
                return Optional.of(Instant.parse(text));
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            })
        .filter(at -> !at.isBefore(Instant.EPOCH) && !at.isAfter(LAST_WITH_FOUR_DIGITS));
  }
}
