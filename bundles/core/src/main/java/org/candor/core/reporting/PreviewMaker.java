package org.candor.core.reporting;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.candor.api.report.Message;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;
import org.candor.control.Preview;
import org.candor.core.admission.Admission;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;

/** Shows what a channel would send now, or why there is nothing to show. */
public final class PreviewMaker {

  private final String channel;
  private final Plugins plugins;
  private final ReportTriggers triggers;

  public PreviewMaker(String channel, Plugins plugins, ReportTriggers triggers) {
    this.channel = channel;
    this.plugins = plugins;
    this.triggers = triggers;
  }

  /**
   * What a channel that is configured like this would send.
   *
   * @throws IOException when there is no report to be made, with the reason
   */
  public Preview of(ChannelSettings settings) throws IOException {
    Optional<ReportFormatter> formatter = plugins.formatter(settings.formatter());
    if (formatter.isEmpty()) {
      return nothing(
          plugins.sink(settings.sink()).isEmpty()
              ? Admission.missing(settings, formatter, plugins)
              : plugins.noFormatter(settings.formatter()));
    }
    MadeReport made = triggers.of(settings).preview(settings, formatter.get());
    List<Message> messages = made.messages();
    if (messages.isEmpty()) {
      return new Preview(
          channel,
          List.of(),
          made.snapshot().gaps(),
          switch (settings.report()) {
            case CRASH -> "No crash was seen here, so that there is nothing to report.";
            case UI -> "Nothing waits of what was done in a product's web page.";
            case HEALTH, INVENTORY, VERSION_CHECK -> "There is nothing to report.";
          });
    }
    Optional<TransportSink> sink =
        plugins
            .sink(settings.sink())
            .filter(found -> messages.stream().allMatch(m -> found.accepts(m.mediaType())));
    if (sink.isEmpty()) {
      return new Preview(
          channel,
          messages.stream().map(m -> new Payload(m.id(), m.mediaType(), m.body())).toList(),
          made.snapshot().gaps(),
          "No sink called " + settings.sink() + " takes this: shown is what the formatter made.");
    }
    return new Preview(
        channel, PreviewBatches.encode(sink.get(), messages), made.snapshot().gaps(), "");
  }

  /** That there is nothing to show. */
  public Preview nothing(String why) {
    return new Preview(channel, List.of(), List.of(), why);
  }
}
