package org.candor.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.text.PlainText;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each exchange on the caller's thread, over a connection of its own. */
@Component(configurationPid = "org.candor.http")
@Designate(ocd = Config.class)
public final class ClassicTransport implements HttpTransport, ConfigurationProblems {

  private static final Logger LOG = LoggerFactory.getLogger(ClassicTransport.class);

  private static final Setting<String> CA_FILE = Setting.text("caFile");
  private static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration("connectTimeout", Duration.ofMillis(100), Duration.ofMinutes(5));
  private static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.duration("requestTimeout", Duration.ofMillis(100), Duration.ofHours(1));

  private final Settings settings = new Settings("etc/org.candor.http.cfg", LOG::error);
  private final CaChoice authorities = new CaChoice(settings);
  private final Trust trust = new Trust();
  private final Trust ofCalls = new Trust();
  private final ExchangeTimer watch = new ExchangeTimer();
  private final Set<ConnectionScope> lines = ConcurrentHashMap.newKeySet();
  private final Proxies proxies;
  private final HostResolver.Resolver resolver;
  private volatile ExchangeTimeouts limits;

  @Activate
  public ClassicTransport(Config config) {
    this(config, System.getenv(), InetAddress::getAllByName);
  }

  ClassicTransport(Config config, Map<String, String> environment, HostResolver.Resolver resolver) {
    this.proxies = new Proxies(settings, environment, LOG::warn);
    this.resolver = resolver;
    settings.read(CONNECT_TIMEOUT, Config.CONNECT_TIMEOUT);
    settings.read(REQUEST_TIMEOUT, Config.REQUEST_TIMEOUT);
    modified(config);
  }

  @Modified
  void modified(Config config) {
    limits =
        new ExchangeTimeouts(
            settings.read(CONNECT_TIMEOUT, config.connectTimeout()).orElseThrow(),
            settings.read(REQUEST_TIMEOUT, config.requestTimeout()).orElseThrow());
    authorities.set(settings.read(CA_FILE, config.caFile()).orElseThrow());
    proxies.configure(config.proxy(), config.proxyPasswordFile());
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Deactivate
  void deactivate() {
    watch.stop();
    authorities.stop();
    lines.forEach(line -> line.cut(ConnectionScope.Cut.STOPPED));
  }

  @Override
  public HttpAnswer exchange(HttpCall call, Deadline deadline) throws IOException {
    return make(
        call,
        deadline,
        (status, headers, body) ->
            new HttpAnswer(status, headers, Bytes.copyOf(body.readNBytes(HttpAnswer.BODY_LIMIT))));
  }

  @Override
  public <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) throws IOException {
    return make(
        call,
        deadline,
        (status, headers, body) -> {
          if (status / 100 != 2) {
            throw refusal(call, status, body);
          }
          return reader.read(body);
        });
  }

  private static HttpStatusException refusal(HttpCall call, int status, InputStream body)
      throws IOException {
    byte[] start = body.readNBytes(HttpAnswer.BODY_LIMIT);
    String text = PlainText.line(new String(start, StandardCharsets.UTF_8));
    return new HttpStatusException(
        status,
        Peer.of(call.target()) + " answered " + status + (text.isEmpty() ? "" : ": " + text));
  }

  private <T> T make(HttpCall call, Deadline deadline, Exchange.Use<T> use) throws IOException {
    PeerRoute way = proxies.to(call.target());
    ExchangeTimeouts now = limits;
    Duration left = deadline.remaining();
    Duration toAnswer = left.compareTo(now.request()) < 0 ? left : now.request();
    Duration allowed = call.lasting() ? left : toAnswer;
    ExceptionTranslator trouble =
        new ExceptionTranslator(
            way,
            new ExchangeTimeouts(now.connect(), toAnswer),
            allowed,
            call.caFile().map(Path::toString).orElse(CaFile.CONFIGURED));
    if (allowed.isZero()) {
      throw trouble.cut(
          deadline.isCancelled() ? ConnectionScope.Cut.CANCELLED : ConnectionScope.Cut.TIME_OVER);
    }
    ConnectionScope line = new ConnectionScope();
    try {
      bind(line, allowed, deadline, trouble);
      ExchangeTimer.Guard begun =
          call.lasting() ? watch(line, toAnswer, ConnectionScope.Cut.NOT_BEGUN, trouble) : () -> {};
      Connector connector =
          Connector.over(line, new HostResolver(resolver, line), trusted(call, way), way, trouble);
      try (CloseableHttpClient client =
          OneShotClient.over(connector, new ProxyRoutePlanner(way), now)) {
        return new Exchange(call, way, line, trouble)
            .make(
                client,
                (status, headers, body) -> {
                  begun.close();
                  return use.of(status, headers, body);
                });
      }
    } finally {
      line.hangUp();
    }
  }

  /** Has the line cut when its time is over, the deadline is cancelled or this component stops. */
  private void bind(
      ConnectionScope line, Duration allowed, Deadline deadline, ExceptionTranslator trouble)
      throws IOException {
    lines.add(line);
    line.onDown(() -> lines.remove(line));
    watch(line, allowed, ConnectionScope.Cut.TIME_OVER, trouble);
    Deadline.Registration cancellation =
        deadline.onCancel(() -> line.cut(ConnectionScope.Cut.CANCELLED));
    line.onDown(cancellation::close);
  }

  private ExchangeTimer.Guard watch(
      ConnectionScope line, Duration time, ConnectionScope.Cut reason, ExceptionTranslator trouble)
      throws IOException {
    try {
      ExchangeTimer.Guard timer = watch.after(time, () -> line.cut(reason));
      line.onDown(timer::close);
      return timer;
    } catch (RejectedExecutionException e) {
      throw trouble.cut(ConnectionScope.Cut.STOPPED);
    }
  }

  private Optional<SSLContext> trusted(HttpCall call, PeerRoute way) throws IOException {
    if (!way.secure()) {
      return Optional.empty();
    }
    Trust which = call.caFile().isPresent() ? ofCalls : trust;
    return Optional.of(
        which.context(
            Stream.concat(authorities.file().stream(), call.caFile().map(CaFile::own).stream())
                .toList()));
  }
}
