package org.candor.sink.sentry;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.candor.api.Deadline;
import org.candor.api.file.ConfiguredSecret;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Message;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
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

/** Posts envelopes to the project of Sentry that a DSN names. */
@Component(configurationPid = "org.candor.sink.sentry")
@Designate(ocd = Config.class)
@SinkName("sentry")
public final class SentrySink implements TransportSink, ConfigurationProblems {

  /** A whole envelope, but for the time of sending. */
  static final String ENVELOPE = "application/x-sentry-envelope";

  private static final Logger LOG = LoggerFactory.getLogger(SentrySink.class);

  private static final ConfiguredSecret.Kind<Dsn> DSN =
      new ConfiguredSecret.Kind<>("dsn", Dsn.ALLOWED, Dsn::parse, Dsn::shown);

  private final Settings settings = new Settings("etc/org.candor.sink.sentry.cfg", LOG::error);
  private final HttpTransport http;
  private final String client;
  private final SentAt sentAt;
  private final SentryResponses answers;
  private final Receipts receipts;
  private final ConfiguredSecret<Dsn> dsn = new ConfiguredSecret<>(settings, DSN);

  @Activate
  public SentrySink(@Reference HttpTransport http, BundleContext context, Config config) {
    this(http, context.getBundle().getVersion().toString(), config, Clock.systemUTC());
  }

  SentrySink(HttpTransport http, String version, Config config, Clock clock) {
    this.http = http;
    this.client = "candor/" + version;
    this.sentAt = new SentAt(clock);
    this.answers = new SentryResponses(clock);
    this.receipts = new Receipts(clock);
    modified(config);
  }

  @Modified
  void modified(Config config) {
    dsn.configure(config.dsn(), config.dsnFile());
  }

  @Deactivate
  void deactivate() {
    dsn.close();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public boolean accepts(String mediaType) {
    return ENVELOPE.equals(mediaType);
  }

  @Override
  public SinkState state() {
    ConfiguredSecret.Reading<Dsn> now = dsn.current();
    return now.value()
        .map(to -> SinkState.ready(to.envelopes().toString(), to.destination()))
        .orElseGet(() -> SinkState.unconfigured("", now.advice()));
  }

  @Override
  public FieldCatalogue fields() {
    return SentAt.FIELDS;
  }

  /** Crashes and all else are limited apart; a crash's message is named {@code crash}. */
  @Override
  public String category(Message message) {
    return message.name().equals("crash") ? RateLimits.ERROR : RateLimits.DEFAULT;
  }

  @Override
  public Payload encode(List<Message> batch) {
    if (batch.size() != 1) {
      throw new IllegalArgumentException("an envelope is sent by itself, not with " + batch.size());
    }
    Message message = batch.get(0);
    return new Payload(message.id(), ENVELOPE, sentAt.write(message.body()));
  }

  @Override
  public Receipt send(Payload payload, Deadline deadline) throws IOException {
    ConfiguredSecret.Reading<Dsn> to = dsn.current();
    if (to.value().isEmpty()) {
      return Receipt.retry(to.advice());
    }
    try {
      return answers.of(http.exchange(call(to.value().get(), payload), deadline));
    } catch (IOException e) {
      if (deadline.isCancelled()) {
        throw e;
      }
      return receipts.of(e);
    }
  }

  private HttpCall call(Dsn to, Payload payload) {
    return HttpCall.post(to.envelopes(), payload.mediaType(), payload.body())
        .with(
            "X-Sentry-Auth",
            "Sentry sentry_version=7, sentry_client=" + client + ", sentry_key=" + to.key())
        .gzipped();
  }
}
