package org.candor.core.plugin;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.candor.api.Labelled;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/** A channel's settings, as in {@link ChannelConfig}. */
public record ChannelSettings(
    Purpose purpose,
    ReportKind report,
    Duration interval,
    String formatter,
    String sink,
    boolean enabled) {

  private static final Setting<Purpose> PURPOSE =
      Setting.oneOf("purpose", byLabel(Purpose.values()));
  private static final Setting<ReportKind> REPORT =
      Setting.oneOf("report", byLabel(ReportKind.values()));
  private static final Setting<Duration> INTERVAL =
      Setting.duration("interval", Duration.ofSeconds(1), Duration.ofDays(30));
  private static final Setting<String> FORMATTER = name("formatter");
  private static final Setting<String> SINK = name("sink");
  private static final Setting<Boolean> ENABLED = Setting.flag("enabled");

  /** Reads them; empty when a value is refused that has no earlier good one. */
  public static Optional<ChannelSettings> read(Settings settings, ChannelConfig config) {
    Optional<Purpose> purpose = settings.read(PURPOSE, config.purpose());
    Optional<ReportKind> report = settings.read(REPORT, config.report());
    Optional<Duration> interval = settings.read(INTERVAL, config.interval());
    Optional<String> formatter = settings.read(FORMATTER, config.formatter());
    Optional<String> sink = settings.read(SINK, config.sink());
    Optional<Boolean> enabled = settings.read(ENABLED, config.enabled());
    if (purpose.isEmpty()
        || report.isEmpty()
        || interval.isEmpty()
        || formatter.isEmpty()
        || sink.isEmpty()
        || enabled.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChannelSettings(
            purpose.get(),
            report.get(),
            interval.get(),
            formatter.get(),
            sink.get(),
            enabled.get()));
  }

  private static Setting<String> name(String key) {
    return new Setting<>(
        key,
        "the name of a " + key + ", such as segment",
        text -> {
          if (!text.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  private static <T extends Labelled> Map<String, T> byLabel(T[] values) {
    return Arrays.stream(values).collect(Collectors.toMap(Labelled::label, Function.identity()));
  }
}
