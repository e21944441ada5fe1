package org.candor.source.kubernetes;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.http.HttpTransport;
import org.candor.source.kubernetes.api.ApiServerClient;
import org.candor.source.kubernetes.spec.SpecState;
import org.candor.source.kubernetes.spec.SpecWatch;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster that the owner set last: has its specification watched, and registers the layer that
 * gives its word. The registration is this class's own, since a component of Declarative Services
 * cannot change its service's properties, by which core learns that a word has changed.
 */
@Component(
    service = {KubernetesCluster.class, ConfigurationProblems.class},
    immediate = true,
    configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class KubernetesCluster implements ConfigurationProblems {

  /** The layer's name. */
  static final String LAYER = "cluster-spec";

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);
  private static final SpecState UNREAD =
      new SpecState.Unread("the cluster specification has not been read yet", Optional.empty());

  private final HttpTransport transport;
  private final SetupReader reader;
  private final SpecWatch.Pace pace;
  private final SpecLayer layer;
  private final ServiceRegistration<ConsentLayer> registration;
  private final AtomicLong changes = new AtomicLong();
  private volatile Setup setup;
  private Optional<SpecWatch> watch = Optional.empty();

  @Activate
  public KubernetesCluster(
      @Reference HttpTransport transport, BundleContext context, Config config) {
    this(transport, context, config, Pod.ofThisProcess(), SpecWatch.Pace.USUAL);
  }

  KubernetesCluster(
      HttpTransport transport, BundleContext context, Config config, Pod pod, SpecWatch.Pace pace) {
    this.transport = transport;
    this.reader = new SetupReader(pod, LOG::error);
    this.pace = pace;
    this.setup = reader.read(config);
    this.layer = new SpecLayer(setup.targetName(), first(setup));
    this.registration = context.registerService(ConsentLayer.class, layer, properties());
    follow();
  }

  @Modified
  synchronized void modified(Config config) {
    Setup before = setup;
    setup = reader.read(config);
    if (!before.target().equals(setup.target()) || before.refused() != setup.refused()) {
      watch.ifPresent(SpecWatch::close);
      layer.turnTo(setup.targetName(), first(setup));
      announce();
      follow();
    }
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return reader.problems();
  }

  @Deactivate
  synchronized void deactivate() {
    watch.ifPresent(SpecWatch::close);
    registration.unregister();
  }

  /** What the configuration says. */
  Setup setup() {
    return setup;
  }

  /** The API server; empty when nothing says where it is. */
  Optional<ApiServerClient> client() {
    return setup.target().map(target -> new ApiServerClient(transport, target.access()));
  }

  /** The distribution of Kubernetes, by configuration or specification; empty when unknown. */
  String distribution() {
    String configured = setup.distribution();
    return configured.isEmpty() ? layer.distribution() : configured;
  }

  private void follow() {
    String name = setup.targetName();
    watch =
        setup
            .target()
            .map(
                target ->
                    new SpecWatch(
                        target.selection(),
                        new ApiServerClient(transport, target.access()),
                        pace,
                        reading -> tell(name, reading)));
    watch.ifPresent(SpecWatch::start);
  }

  private void tell(String target, SpecState reading) {
    if (layer.update(target, reading)) {
      announce();
    }
  }

  private void announce() {
    try {
      registration.setProperties(properties());
    } catch (IllegalStateException e) {
      LOG.debug("The layer is not registered any more", e);
    }
  }

  // A value that is refused says nothing about what the owner wants: then it is not known.
  private static SpecState first(Setup setup) {
    if (setup.target().isPresent()) {
      return UNREAD;
    }
    return setup.refused()
        ? new SpecState.Unread(setup.advice(), Optional.empty())
        : new SpecState.NotConfigured(setup.advice());
  }

  private Dictionary<String, Object> properties() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(LayerName.PROPERTY, LAYER);
    properties.put(ConsentLayer.ANSWERS, true);
    properties.put("service.changecount", changes.incrementAndGet());
    return properties;
  }
}
