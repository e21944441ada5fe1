package org.candor.sink.dns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Message;
import org.candor.api.report.Sensitivity;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.api.text.PlainText;
import org.candor.http.HttpTransport;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the TXT records of a name, and hands them to the formatter as {@link Receipt#reply}: a
 * JSON array with an array of strings for each record, in which a byte that is no printable ASCII
 * stands as the character of its number.
 *
 * <table>
 *   <caption>What becomes of a question</caption>
 *   <tr><th>what came back</th><th>receipt</th></tr>
 *   <tr><td>TXT records, whatever they say</td>
 *       <td>delivered, with the records: the formatter judges them</td></tr>
 *   <tr><td>NXDOMAIN; NOERROR without TXT, be it empty or an address from a captive portal; records
 *       that are too large</td>
 *       <td>delivered, without records, and with an advice: to ask again at once would bring the
 *       same</td></tr>
 *   <tr><td>SERVFAIL, REFUSED, any other code; what cannot be read or answers something else over
 *       TCP or HTTPS; a connection closed half-way; an HTTP status other than 2xx</td>
 *       <td>retry after an hour, or earlier for a person who asks; or when the HTTP server wants</td></tr>
 *   <tr><td>silence; over UDP also what has another id or question, or comes from elsewhere</td>
 *       <td>likewise: the question may have arrived</td></tr>
 *   <tr><td>no network, no such port, no address of the resolver, none named by the system</td>
 *       <td>retry as usual: nobody was asked</td></tr>
 *   <tr><td>nothing, because the question is no name of the DNS</td>
 *       <td>refused: it will never be one</td></tr>
 * </table>
 *
 * Nothing is asked before {@link #send}, which makes one round trip when all is well. A second one,
 * over TCP, follows an answer that is cut short: a signed answer fits into a packet, so that this
 * comes of a vendor's odd zone or of a resolver that wants to see TCP, and without it there would
 * be no answer at all. Silence is asked once more, since packets do get lost. Safe for several
 * threads; each call uses sockets of its own, which {@link #deactivate} closes.
 */
@Component(configurationPid = "org.candor.sink.dns")
@Designate(ocd = Config.class)
@SinkName("dns")
public final class DnsSink implements TransportSink, ConfigurationProblems {

  /** A name in letters, digits, hyphens, underscores and dots, without the zone at its end. */
  static final String QUESTION = "application/vnd.candor.dns-question";

  static final String FILE = "etc/org.candor.sink.dns.cfg";

  private static final Logger LOG = LoggerFactory.getLogger(DnsSink.class);

  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  // A domain that nobody can have (RFC 2606), for a preview before there is a zone.
  private static final String NO_ZONE = "zone-is-not-set.invalid";

  private static final FieldCatalogue FIELDS =
      new FieldCatalogue(
          List.of(
              new Field(
                  "zone",
                  FieldType.TEXT,
                  "",
                  "The end of the name that is queried: zone of " + FILE,
                  "Routes the question to the vendor's name servers",
                  Sensitivity.NONE,
                  "0.1.0",
                  Set.of())));

  private final Settings settings = new Settings(FILE, LOG::error);
  private final Supplier<List<InetSocketAddress>> system;
  private final Addresses addresses;
  private final NameServers servers;
  private final OverHttps https;
  private final Clock clock;
  private final Deadline life;
  private volatile Setup setup;

  @Activate
  public DnsSink(@Reference HttpTransport http, Config config) {
    this(
        http,
        new SystemServers(),
        new Addresses(InetAddress::getAllByName),
        new NameServers(NameServers.PATIENCE),
        config,
        Clock.systemUTC());
  }

  DnsSink(
      HttpTransport http,
      Supplier<List<InetSocketAddress>> system,
      Addresses addresses,
      NameServers servers,
      Config config,
      Clock clock) {
    this.system = system;
    this.addresses = addresses;
    this.servers = servers;
    this.https = new OverHttps(http, clock);
    this.clock = clock;
    this.life = Deadline.after(FOR_GOOD, clock);
    modified(config);
  }

  /** What the configuration file says; empty is what it says nothing good about. */
  private record Setup(Optional<DomainName> zone, Optional<Route> route) {}

  @Modified
  void modified(Config config) {
    setup =
        new Setup(
            settings.read(DomainName.ZONE, config.zone()).flatMap(zone -> zone),
            settings.read(Route.RESOLVER, config.resolver()));
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Deactivate
  void deactivate() {
    life.cancel();
  }

  @Override
  public boolean accepts(String mediaType) {
    return QUESTION.equals(mediaType);
  }

  @Override
  public SinkState state() {
    return state(setup);
  }

  private static SinkState state(Setup now) {
    if (now.zone().isEmpty()) {
      return SinkState.unconfigured("", "Set zone in " + FILE + " to the vendor's domain.");
    }
    String zone = "dns:" + now.zone().get().text();
    return now.route()
        // Whose name servers get the question; the way there is the network's affair.
        .map(route -> SinkState.ready(zone + " via " + route.label(), zone))
        .orElseGet(
            () ->
                SinkState.unconfigured(
                    zone, "Set resolver in " + FILE + ", or empty it for the system's."));
  }

  @Override
  public FieldCatalogue fields() {
    return FIELDS;
  }

  @Override
  public Payload encode(List<Message> batch) {
    Message message = batch.get(0);
    String zone = setup.zone().map(DomainName::text).orElse(NO_ZONE);
    return new Payload(
        message.id(), "text/plain", Bytes.utf8(Question.text(message.body().utf8(), zone)));
  }

  @Override
  public Receipt send(Payload payload, Deadline deadline) throws IOException {
    Setup now = setup;
    SinkState state = state(now);
    if (!state.configured()) {
      return Receipt.retry(state.advice());
    }
    Optional<Question> question = Question.read(payload.body().utf8());
    if (question.isEmpty()) {
      return Receipt.refused(PlainText.line("This is not a DNS name: " + payload.body().utf8()));
    }
    // Ends with the caller's, or with this component, whichever is first.
    Deadline either = Deadline.after(deadline.remaining(), clock);
    Deadline.Registration callers = deadline.onCancel(either::cancel);
    Deadline.Registration own = life.onCancel(either::cancel);
    try {
      return safe(ask(question.get(), now.route().orElseThrow(), either));
    } finally {
      callers.close();
      own.close();
    }
  }

  private Receipt ask(Question question, Route route, Deadline deadline) throws IOException {
    try {
      if (route instanceof Route.Https over) {
        return https.ask(question, over.url(), deadline);
      }
      return servers.ask(question, addresses(route, deadline), deadline);
    } catch (NoAnswerException e) {
      if (deadline.isCancelled()) {
        throw new InterruptedIOException("The question was cancelled");
      }
      Receipt retry = Receipt.retry(e.getMessage());
      return e.kind().rest().map(retry::resting).orElse(retry);
    }
  }

  private List<InetSocketAddress> addresses(Route route, Deadline deadline)
      throws NoAnswerException {
    if (!(route instanceof Route.Servers given)) {
      List<InetSocketAddress> named = system.get();
      if (named.isEmpty()) {
        throw new NoAnswerException(
            Kind.UNREACHABLE, "The system names no resolver; set resolver in " + FILE);
      }
      return named;
    }
    List<InetSocketAddress> found = new ArrayList<>();
    NoAnswerException last = null;
    for (ServerAddress place : given.places()) {
      try {
        found.addAll(addresses.of(place, deadline));
      } catch (NoAnswerException e) {
        last = e;
      }
    }
    if (found.isEmpty() && last != null) {
      throw last;
    }
    return found;
  }

  private static Receipt safe(Receipt receipt) {
    return new Receipt(
        receipt.outcome(),
        PlainText.line(receipt.answer()),
        receipt.pause(),
        receipt.limits(),
        receipt.reply(),
        receipt.rest(),
        PlainText.line(receipt.advice()));
  }
}
