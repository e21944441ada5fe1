package org.candor.sink.segment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.file.ConfiguredSecret;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Message;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.candor.http.Receipts;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends batches of Segment messages, with the write key as the user of Basic authentication. */
@Component(configurationPid = "org.candor.sink.segment")
@Designate(ocd = Config.class)
@SinkName("segment")
public final class SegmentSink implements TransportSink, ConfigurationProblems {

  /** One message as it stands in a batch: a JSON object in UTF-8. */
  static final String MESSAGE = "application/vnd.candor.segment-message+json";

  private static final Logger LOG = LoggerFactory.getLogger(SegmentSink.class);

  /** How many hexadecimal digits of a digest are shown. */
  private static final int DIGEST = 16;

  private static final Setting<Boolean> GZIP = Setting.flag("gzip");

  private static final ConfiguredSecret.Kind<String> WRITE_KEY =
      new ConfiguredSecret.Kind<>(
          "writeKey",
          "a key without a colon",
          SegmentSink::user,
          text -> text.isEmpty() ? "" : "***");

  private final Settings settings = new Settings("etc/org.candor.sink.segment.cfg", LOG::error);
  private final HttpTransport http;
  private final BatchWriter writer;
  private final Receipts receipts;
  private final ConfiguredSecret<String> writeKey = new ConfiguredSecret<>(settings, WRITE_KEY);
  private volatile Setup setup;

  @Activate
  public SegmentSink(@Reference HttpTransport http, BundleContext context, Config config) {
    this(http, context.getBundle().getVersion().toString(), config, Clock.systemUTC());
  }

  SegmentSink(HttpTransport http, String version, Config config, Clock clock) {
    this.http = http;
    this.writer = new BatchWriter(version, clock);
    this.receipts = new Receipts(clock);
    settings.read(GZIP, Config.GZIP);
    modified(config);
  }

  /** What the configuration file says, but for the write key. */
  private record Setup(Optional<SegmentUrl> endpoint, boolean gzip) {}

  @Modified
  void modified(Config config) {
    setup =
        new Setup(
            settings.read(SegmentUrl.SETTING, config.endpoint()),
            settings.read(GZIP, config.gzip()).orElseThrow());
    writeKey.configure(config.writeKey(), config.writeKeyFile());
  }

  @Deactivate
  void deactivate() {
    writeKey.close();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public boolean accepts(String mediaType) {
    return MESSAGE.equals(mediaType);
  }

  @Override
  public SinkState state() {
    return state(setup, writeKey.current());
  }

  private SinkState state(Setup now, ConfiguredSecret.Reading<String> key) {
    if (now.endpoint().isEmpty()) {
      return SinkState.unconfigured("", advice("endpoint"));
    }
    SegmentUrl endpoint = now.endpoint().get();
    return key.value()
        .map(
            value ->
                SinkState.ready(
                    endpoint.base(), endpoint.normalised() + ", write key sha256:" + digest(value)))
        .orElseGet(() -> SinkState.unconfigured(endpoint.base(), key.advice()));
  }

  /** Tells keys apart, and does not give them away. */
  private static String digest(String key) {
    return Bytes.utf8(key).sha256().substring(0, DIGEST);
  }

  private String advice(String key) {
    return "Set " + key + " in " + settings.file() + ".";
  }

  @Override
  public FieldCatalogue fields() {
    return BatchWriter.FIELDS;
  }

  @Override
  public BatchLimit batchLimit() {
    return BatchWriter.LIMIT;
  }

  @Override
  public Payload encode(List<Message> batch) {
    return writer.write(batch);
  }

  @Override
  public Receipt send(Payload payload, Deadline deadline) throws IOException {
    Setup now = setup;
    ConfiguredSecret.Reading<String> key = writeKey.current();
    SinkState state = state(now, key);
    if (!state.configured()) {
      return Receipt.retry(state.advice());
    }
    try {
      return receipts.of(http.exchange(call(now, key.value().orElseThrow(), payload), deadline));
    } catch (IOException e) {
      if (deadline.isCancelled()) {
        throw e;
      }
      return receipts.of(e);
    }
  }

  private static HttpCall call(Setup now, String key, Payload payload) {
    HttpCall call =
        HttpCall.post(now.endpoint().orElseThrow().batch(), payload.mediaType(), payload.body())
            .with("Authorization", "Basic " + basic(key));
    return now.gzip() ? call.gzipped() : call;
  }

  /** The user of Basic authentication ends at the first colon (RFC 7617). */
  private static String user(String text) {
    if (text.contains(":")) {
      throw new IllegalArgumentException("a colon");
    }
    return text;
  }

  private static String basic(String user) {
    return Base64.getEncoder().encodeToString((user + ":").getBytes(StandardCharsets.UTF_8));
  }
}
