package org.candor.receiver;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.http.server.HttpListener;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ServerLimits;
import org.candor.http.server.ServerOptions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiver as its configuration wants it. What it took stays through changes. */
@Component(
    service = {Received.class, ConfigurationProblems.class},
    immediate = true,
    configurationPid = Receiver.PID)
@Designate(ocd = Config.class)
public final class Receiver implements Received, ConfigurationProblems {

  static final String PID = "org.candor.receiver";

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private static final String LOOPBACK = "127.0.0.1";

  private static final Setting<Long> PORT = Setting.count("port", 0, 65_535);
  private static final Setting<Long> ANSWER = Setting.count("answer", 200, 599);
  private static final Setting<Long> RETRY_AFTER = Setting.count("retryAfter", 0, 86_400);
  private static final Setting<Duration> DELAY =
      Setting.duration("delay", Duration.ZERO, Duration.ofMinutes(10));

  private static final Setting<Long> DNS_PORT = Setting.count("dnsPort", 0, 65_535);
  private static final Setting<String> DNS_ANSWER =
      new Setting<>("dnsAnswer", "text of up to 4000 characters", Receiver::dnsAnswer);

  private final Settings settings = new Settings("etc/" + PID + ".cfg", LOG::error);
  private final Inbox inbox;
  private final HttpListener server;
  private final DnsServer dns;
  private volatile ConfiguredBehaviour behaviour;
  private volatile String dnsAnswer = "";

  @Activate
  public Receiver(Config config) {
    this(config, Clock.systemUTC());
  }

  Receiver(Config config, Clock clock) {
    this(config, clock, HttpListener.RETRY);
  }

  /**
   * @param retry how long to wait before trying a port again that was taken
   */
  Receiver(Config config, Clock clock, Duration retry) {
    inbox = new Inbox(clock);
    behaviour = behaviour(config);
    Router router =
        new Router(
            List.of(
                new SegmentEndpoint(inbox, () -> behaviour),
                new SentryEndpoint(inbox, () -> behaviour),
                new ReceivedEndpoint(inbox)));
    server =
        new HttpListener(
            "candor-receiver",
            router,
            new ReceiverLog(),
            retry,
            ServerOptions.of(ServerLimits.USUAL));
    dns = new DnsServer(inbox, () -> dnsAnswer, retry);
    serve(config);
  }

  @Modified
  void modified(Config config) {
    behaviour = behaviour(config);
    serve(config);
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Deactivate
  void deactivate() {
    server.close();
    dns.close();
  }

  @Override
  public List<ReceivedMessage> entries() {
    return inbox.entries();
  }

  /** The port that is being served; empty until there is one. */
  Optional<Integer> port() {
    return server.address().map(InetSocketAddress::getPort);
  }

  /** The port that DNS is served on; empty until there is one. */
  Optional<Integer> dnsPort() {
    return dns.port();
  }

  private void serve(Config config) {
    settings
        .read(PORT, config.port())
        .map(Long::intValue)
        .ifPresent(port -> server.serve(Optional.of(new ListenAddress(LOOPBACK, port))));
    dnsAnswer = settings.read(DNS_ANSWER, config.dnsAnswer()).orElse("");
    settings.read(DNS_PORT, config.dnsPort()).ifPresent(port -> dns.serve(port.intValue()));
  }

  // 4000 characters are 12,000 bytes at most, and fit into one message over TCP.
  private static String dnsAnswer(String text) {
    if (text.length() > 4_000) {
      throw new IllegalArgumentException("too long");
    }
    return text;
  }

  private ConfiguredBehaviour behaviour(Config config) {
    if (config.retryAfter().isBlank()) {
      settings.accept(RETRY_AFTER.key());
    }
    return new ConfiguredBehaviour(
        settings.read(ANSWER, config.answer()).orElse(200L).intValue(),
        config.retryAfter().isBlank()
            ? Optional.empty()
            : settings.read(RETRY_AFTER, config.retryAfter()),
        settings.read(DELAY, config.delay()).orElse(Duration.ZERO));
  }
}
