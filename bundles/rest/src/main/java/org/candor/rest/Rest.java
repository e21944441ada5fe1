package org.candor.rest;

import com.sun.net.httpserver.HttpHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.candor.control.ConsentControl;
import org.candor.http.server.HttpListener;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ServerLimits;
import org.candor.http.server.ServerOptions;
import org.candor.http.server.TlsFiles;
import org.candor.rest.change.EventStreams;
import org.candor.rest.consent.ConsentResourceHandler;
import org.candor.rest.describe.DescriptionHandler;
import org.candor.rest.gate.Gate;
import org.candor.rest.gate.HostNames;
import org.candor.rest.gate.PathRouter;
import org.candor.rest.gate.Policy;
import org.candor.rest.gate.TrustedProxies;
import org.candor.rest.product.Products;
import org.candor.rest.read.Documents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP as its configuration wants it. Other bundles add paths: a service of type {@link
 * HttpHandler} with the property {@value #PATH} (a path, or with a slash at its end all that begin
 * with it) is put behind the same authentication, limits and headers. It gets the body read whole,
 * and must end the exchange.
 */
@Component(service = ConfigurationProblems.class, immediate = true, configurationPid = Rest.PID)
@Designate(ocd = Config.class)
public final class Rest implements ConfigurationProblems {

  static final String PID = "org.candor.rest";

  /** The service property that says which path a handler answers. */
  static final String PATH = "candor.http.path";

  private static final Logger LOG = LoggerFactory.getLogger(Rest.class);

  private final Settings settings = new Settings("etc/" + PID + ".cfg", LOG::error);
  private final PathRouter routes = new PathRouter();
  private final Gate gate;
  private final HttpListener listener;
  private final Certificate certificate;
  private Optional<ListenAddress> good = Optional.empty();
  private boolean exposed;
  private volatile Policy policy =
      new Policy("", Set.of(), Set.of(), new HostNames(Set.of()), new TrustedProxies(List.of()));

  @Activate
  public Rest(
      @Reference ConsentControl consent,
      @Reference Documents documents,
      @Reference Products products,
      @Reference EventStreams streams,
      Config config) {
    this(
        consent,
        documents,
        products,
        streams,
        config,
        HttpListener.RETRY,
        ServerLimits.USUAL,
        Gate.PATIENCE);
  }

  Rest(
      ConsentControl consent,
      Documents documents,
      Products products,
      EventStreams streams,
      Config config,
      Duration retry,
      ServerLimits limits,
      Duration loginTimeout) {
    routes.add("/v1/telemetry", ConsentResourceHandler.telemetry(consent));
    routes.add("/v2/cluster", ConsentResourceHandler.cluster(consent));
    documents.addTo(routes);
    products.addTo(routes);
    streams.addTo(routes);
    routes.add("/openapi.json", new DescriptionHandler());
    gate = new Gate(routes, () -> policy, loginTimeout);
    certificate = new Certificate(settings.file());
    listener =
        new HttpListener(
            "candor-rest",
            gate,
            new ListenerLog(settings.file(), certificate::isConfigured),
            retry,
            new ServerOptions(limits, address -> policy.proxies().contains(address), certificate));
    modified(config);
  }

  @Modified
  void modified(Config config) {
    Optional<String> realm = settings.read(Keys.REALM, config.realm());
    Optional<Set<String>> readers = settings.read(Keys.READ_ROLES, config.readRoles());
    Optional<Set<String>> writers = settings.read(Keys.WRITE_ROLES, config.writeRoles());
    Optional<Set<String>> hosts = settings.read(Keys.ALLOWED_HOSTS, config.allowedHosts());
    policy =
        new Policy(
            realm.orElse(""),
            readers.orElse(Set.of()),
            writers.orElse(Set.of()),
            new HostNames(hosts.orElse(Set.of())),
            settings
                .read(Keys.TRUSTED_PROXIES, config.trustedProxies())
                .orElse(new TrustedProxies(List.of())));
    certificate.use(tlsFiles(config));
    Optional<String> host = settings.read(Keys.HOST, config.host());
    Optional<Integer> port = settings.read(Keys.PORT, config.port()).map(Long::intValue);
    boolean insecure = settings.read(Keys.INSECURE, config.insecure()).orElse(false);
    Optional<ListenAddress> wanted = host.flatMap(h -> port.map(p -> new ListenAddress(h, p)));
    listener.serve(realm.isEmpty() ? Optional.empty() : permitted(wanted, insecure));
  }

  private Optional<TlsFiles> tlsFiles(Config config) {
    Optional<Path> key =
        settings.read(Keys.TLS_KEY_FILE, config.tlsKeyFile()).flatMap(file -> file);
    Optional<Path> password =
        settings.read(Keys.TLS_PASSWORD_FILE, config.tlsPasswordFile()).flatMap(file -> file);
    return settings
        .read(Keys.TLS_FILE, config.tlsFile())
        .flatMap(file -> file)
        .map(file -> new TlsFiles(file, key, password));
  }

  /** The address if it may be served so, or else the one of before if that may. */
  private Optional<ListenAddress> permitted(Optional<ListenAddress> wanted, boolean insecure) {
    boolean any = insecure || certificate.isConfigured();
    good = good.filter(address -> any || address.isLoopback());
    if (wanted.filter(address -> !any && !address.isLoopback()).isPresent()) {
      exposed = true;
      settings.refuse(
          Keys.HOST.key(),
          wanted.get().host(),
          "a loopback address, or another one with tlsFile, or with insecure = true: without TLS"
              + " everybody on the way can read passwords and answers",
          good.map(address -> "It stays on " + address + ".").orElse("HTTP is not served."));
      return good;
    }
    if (exposed) {
      settings.accept(Keys.HOST.key());
    }
    exposed = false;
    good = wanted;
    return wanted;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return Stream.of(
            settings.problems().stream(),
            certificate.problems().stream(),
            listener.unavailable().stream().map(this::unavailable))
        .flatMap(problems -> problems)
        .toList();
  }

  private ConfigurationProblem unavailable(ListenAddress address) {
    return ConfigurationProblem.of(
        settings.file(),
        Keys.PORT.key(),
        String.valueOf(address.port()),
        "cannot be served on "
            + address
            + "; set a host and a port that are free, or stop what"
            + " uses them. It is tried again by itself.");
  }

  @Deactivate
  void deactivate() {
    gate.close();
    listener.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(" + PATH + "=*)")
  void bindHandler(HttpHandler handler, Map<String, Object> properties) {
    if (properties.get(PATH) instanceof String path && path.startsWith("/")) {
      routes.add(path, handler);
    } else {
      LOG.error(
          "{} = {} of {} is refused; allowed is one path that begins with a slash.",
          PATH,
          properties.get(PATH),
          handler.getClass().getName());
    }
  }

  void unbindHandler(HttpHandler handler) {
    routes.remove(handler);
  }

  /** Every path that is answered, as in OpenAPI. */
  List<String> paths() {
    return routes.paths();
  }

  /** What is being served; empty until there is something. */
  Optional<InetSocketAddress> address() {
    return listener.address();
  }
}
