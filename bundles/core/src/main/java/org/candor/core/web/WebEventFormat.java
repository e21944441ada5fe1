package org.candor.core.web;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.api.fact.Fact;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.web.WebEvent;
import org.candor.core.collect.Snapshot;
import org.candor.core.identity.Identity;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.UnformattableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what people did in a product's web page into messages. */
public final class WebEventFormat {

  private static final Logger log = LoggerFactory.getLogger(WebEventFormat.class);

  private final String channel;
  private final Identity identity;
  private final ReportMaker reports;
  private final Clock clock;

  public WebEventFormat(String channel, Identity identity, ReportMaker reports, Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * What became of events.
   *
   * @param messages of those that are new and can be formatted
   * @param repeated ids of those whose messages are known
   * @param unformattable ids of those that the formatter cannot put into words
   */
  record Formatted(List<Message> messages, Set<String> repeated, Set<String> unformattable) {

    private static Formatted nothing() {
      return new Formatted(new ArrayList<>(), new HashSet<>(), new HashSet<>());
    }
  }

  /**
   * Formats events, all at once where it can.
   *
   * @param known ids of messages that were made before; when there are any, each event is formatted
   *     alone to see whose they are
   * @throws IOException when nobody knows who this installation is, or what is withheld: then none
   *     of them was formatted, and all may come again
   */
  Formatted format(
      ChannelSettings settings, ReportFormatter formatter, List<WebEvent> events, Set<String> known)
      throws IOException {
    Formatted formatted = Formatted.nothing();
    if (events.isEmpty()) {
      return formatted;
    }
    List<Fact> own = identity.facts();
    Map<String, String> users =
        identity.uiUsers(
            events.stream()
                .map(WebEvent::user)
                .filter(user -> !user.isEmpty())
                .collect(Collectors.toSet()));
    if (known.isEmpty()) {
      try {
        formatted.messages.addAll(messages(settings, formatter, own, users, events));
        return formatted;
      } catch (UnformattableException e) {
        // One of them must not take the others with it.
      }
    }
    for (WebEvent event : events) {
      try {
        List<Message> messages = messages(settings, formatter, own, users, List.of(event));
        if (messages.stream().anyMatch(message -> known.contains(message.id()))) {
          formatted.repeated.add(event.id());
        } else {
          formatted.messages.addAll(messages);
        }
      } catch (UnformattableException e) {
        formatted.unformattable.add(event.id());
        log.error(
            "{}: a {} of a web page cannot be reported: {} It is counted as lost.",
            channel,
            event.action().label(),
            e.getMessage());
      }
    }
    return formatted;
  }

  private List<Message> messages(
      ChannelSettings settings,
      ReportFormatter formatter,
      List<Fact> own,
      Map<String, String> users,
      List<WebEvent> events)
      throws IOException {
    Snapshot snapshot = new Snapshot(clock.instant(), own, List.of());
    return reports
        .format(settings, formatter, snapshot.with(WebEventFacts.of(events, users)))
        .messages();
  }
}
